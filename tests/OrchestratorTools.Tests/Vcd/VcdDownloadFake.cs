using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>A vCloud Director on a scripted wire that has one thing to download, and does with the transfer what a test wants (facts/vcd.md, "Download").</summary>
public sealed class VcdDownloadFake
{
    public const string Uuid = "0f5c1c6e-8a53-4c1b-9d34-2f4f5a6b7c8d";
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);
    private int _folder;

    public VcdDownloadFake() => Fake = new VcdFake(r =>
    {
        var answer = Answer(r);
        return Lose?.Invoke(r.Uri.AbsolutePath) == true ? throw ScriptedHandler.Reset() : answer;
    });

    public VcdFake Fake { get; }

    public VcdReceiveKind Kind { get; init; } = VcdReceiveKind.Media;

    /// <summary>The files in the transfer folder; of media the first one.</summary>
    public IDictionary<string, byte[]> Files { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal);

    /// <summary>The size that the media says it has; null: the right one.</summary>
    public long? SaidSize { get; set; }

    /// <summary>The relations that an opened template or vApp has, with the names they lead to.</summary>
    public IDictionary<string, string> Rels { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["download:default"] = "descriptor.ovf", ["download:identity"] = "descriptor-with-id.ovf" };

    public bool HonoursRange { get; set; } = true;

    /// <summary>The server that transfer addresses name.</summary>
    public string TransferHost { get; init; } = VcdFake.Host;

    /// <summary>The beginning of their paths.</summary>
    public string TransferRoot { get; init; } = "/transfer/";

    /// <summary>Sent with every file, and asked about by If-Range.</summary>
    public string? ETag { get; set; }

    public bool SaysLength { get; set; } = true;

    public bool IsOpen { get; set; }

    public string Status { get; set; } = "8";

    public bool IsDeployed { get; set; }

    public bool HasDisableLink { get; set; }

    public string EnableTask { get; set; } = "success";

    /// <summary>What becomes of the n-th request (from 1) for a file; null: what is usual.</summary>
    public Func<string, int, SentRequest, HttpResponseMessage?>? Mishap { get; set; }

    /// <summary>True where the answer to a request for this path is lost after the server has done what it asks.</summary>
    public Func<string, bool>? Lose { get; set; }

    /// <summary>How often the server says that it runs as many operations as it may.</summary>
    public int Limits { get; set; }

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public IEnumerable<SentRequest> Transfers => Fake.Handler.Sent.Where(r => r.Uri.AbsolutePath.StartsWith(TransferRoot, StringComparison.Ordinal));

    /// <summary>The part of a file that each request for it asked for.</summary>
    public IReadOnlyList<string> RangesOf(string name) => Transfers.Where(r => r.Uri.AbsolutePath.EndsWith("/" + name, StringComparison.Ordinal)).Select(r => r.Headers.TryGetValue("Range", out var range) ? range : "all").ToArray();

    public string Path => Kind switch
    {
        VcdReceiveKind.Media => $"/api/media/{Uuid}",
        VcdReceiveKind.Template => $"/api/vAppTemplate/vappTemplate-{Uuid}",
        _ => $"/api/vApp/vapp-{Uuid}",
    };

    /// <summary>The addresses stop to be good; opening the download again gives new ones.</summary>
    public void ForgetAddresses() => _folder++;

    public async Task<string> ReceiveAsync(string folder, RecordingObserver? observer = null, Func<VcdReceive, VcdReceive>? change = null, CancellationToken cancellationToken = default)
    {
        observer ??= new RecordingObserver();
        var session = await Fake.ConnectAsync(observer: observer, retries: 0);
        var receive = new VcdReceive
        {
            Kind = Kind,
            Href = VcdFake.Host + Path,
            Name = "thing",
            FileName = Kind is VcdReceiveKind.Media ? "thing.iso" : "thing",
            Folder = folder,
            StateFolder = System.IO.Path.Combine(folder, ".state"),
        };
        return await new VcdClient(session, observer).ReceiveAsync(change?.Invoke(receive) ?? receive, cancellationToken);
    }

    /// <summary>Makes a package of a descriptor with these files, and a manifest where one is wanted.</summary>
    public void AddPackage(IReadOnlyList<(string Name, byte[] Bytes)> files, string? manifest = null, string descriptor = "descriptor.ovf", Func<string, string>? edit = null)
    {
        var i = 0;
        var text = $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
              <References>{string.Concat(files.Select(f => $"<File ovf:href=\"{f.Name}\" ovf:id=\"file{i++}\" ovf:size=\"{f.Bytes.Length}\"/>"))}</References>
            </Envelope>
            """;
        Files[descriptor] = Encoding.UTF8.GetBytes(edit is null ? text : edit(text));
        foreach (var (name, bytes) in files)
        {
            Files[name] = bytes;
        }

        if (manifest is not null)
        {
            var lines = files.Select(f => f.Name).Prepend(descriptor).Select(n => $"{manifest}({n})= {Convert.ToHexString(Digest(manifest, Files[n])).ToLowerInvariant()}\n");
            Files[System.IO.Path.ChangeExtension(descriptor, ".mf")] = Encoding.UTF8.GetBytes(string.Concat(lines));
        }
    }

    public static byte[] Digest(string algorithm, byte[] bytes) => algorithm switch
    {
        // Old packages have it, and nothing here is kept safe by it.
#pragma warning disable CA5350
        "SHA1" => SHA1.HashData(bytes),
#pragma warning restore CA5350
        "SHA256" => SHA256.HashData(bytes),
        _ => SHA512.HashData(bytes),
    };

    /// <summary>An answer whose body breaks off: the connection is reset after so many bytes, or it just ends there.</summary>
    public static HttpResponseMessage Cut(byte[] bytes, int at, long? length = null, bool reset = true, HttpStatusCode status = HttpStatusCode.OK, ContentRangeHeaderValue? range = null)
    {
        var response = new HttpResponseMessage(status) { Content = new StreamContent(new CutStream(bytes, at, reset)) };
        response.Content.Headers.ContentLength = length;
        response.Content.Headers.ContentRange = range;
        return response;
    }

    private HttpResponseMessage? Answer(SentRequest request)
    {
        var path = request.Uri.AbsolutePath;
        if (path == Path)
        {
            return VcdFake.Xml(Entity());
        }

        if (path == Path + "/action/enableDownload" && Limits-- > 0)
        {
            return VcdFake.Xml("""<Error xmlns="http://www.vmware.com/vcloud/v1.5" message="The maximum number of simultaneous operations has been reached." majorErrorCode="400" minorErrorCode="OPERATION_LIMITS_EXCEEDED"/>""", HttpStatusCode.BadRequest);
        }

        if (path == Path + "/action/enableDownload")
        {
            Opened++;
            if (EnableTask == "success")
            {
                IsOpen = true;
                _folder++;
            }

            return VcdFake.Xml(TaskXml("running"), HttpStatusCode.Accepted);
        }

        if (path == Path + "/action/disableDownload")
        {
            Closed++;
            IsOpen = false;
            _folder++;
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        if (path.StartsWith("/api/task/", StringComparison.Ordinal))
        {
            return VcdFake.Xml(TaskXml(EnableTask));
        }

        if (!path.StartsWith(TransferRoot, StringComparison.Ordinal))
        {
            return null;
        }

        var prefix = $"{TransferRoot}secret-{_folder}/";
        var name = Uri.UnescapeDataString(path[(path.IndexOf('/', TransferRoot.Length) + 1)..]);
        var nth = _asked[name] = _asked.GetValueOrDefault(name) + 1;
        return Mishap?.Invoke(name, nth, request) ?? (IsOpen && path.StartsWith(prefix, StringComparison.Ordinal) && Files.TryGetValue(name, out var bytes) ? File(request, bytes) : new HttpResponseMessage(HttpStatusCode.NotFound));
    }

    private HttpResponseMessage File(SentRequest request, byte[] bytes)
    {
        var from = 0L;
        var isCurrent = !request.Headers.TryGetValue("If-Range", out var wanted) || wanted == ETag;
        var isPart = HonoursRange && isCurrent && request.Headers.TryGetValue("Range", out var range) && RangeHeaderValue.Parse(range).Ranges.Single() is { From: { } first } && (from = first) >= 0;
        if (isPart && from >= bytes.Length)
        {
            return new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable);
        }

        var response = new HttpResponseMessage(isPart ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Content = SaysLength ? new ByteArrayContent(bytes, (int)from, bytes.Length - (int)from) : new StreamContent(new CutStream(bytes[(int)from..], int.MaxValue, reset: false)),
        };
        response.Content.Headers.ContentRange = isPart ? new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length) : null;
        if (ETag is not null)
        {
            response.Headers.TryAddWithoutValidation("ETag", ETag);
        }

        return response;
    }

    private string Entity()
    {
        var (root, type) = Kind switch { VcdReceiveKind.Media => ("Media", "media"), VcdReceiveKind.Template => ("VAppTemplate", "vAppTemplate"), _ => ("VApp", "vApp") };
        var address = VcdFake.Host + Path;
        var links = Kind is VcdReceiveKind.VApp && IsDeployed ? string.Empty : $"<Link rel=\"enable\" href=\"{address}/action/enableDownload\"/>";
        links += HasDisableLink ? $"<Link rel=\"disable\" href=\"{address}/action/disableDownload\"/>" : string.Empty;
        var files = string.Empty;
        if (IsOpen && Kind is VcdReceiveKind.Media)
        {
            var (name, bytes) = Files.First();
            files = $"<Files><File name=\"file\" size=\"{SaidSize ?? bytes.Length}\"><Link rel=\"download:default\" href=\"{TransferHost}{TransferRoot}secret-{_folder}/{name}\"/></File></Files>";
        }
        else if (IsOpen)
        {
            links += string.Concat(Rels.Select(r => $"<Link rel=\"{r.Key}\" type=\"text/xml\" href=\"{TransferHost}{TransferRoot}secret-{_folder}/{r.Value}\"/>"));
        }

        var media = Kind is VcdReceiveKind.Media ? $"imageType=\"iso\" size=\"{SaidSize ?? Files.First().Value.Length}\"" : string.Empty;
        var deployed = Kind is VcdReceiveKind.VApp ? $"deployed=\"{(IsDeployed ? "true" : "false")}\"" : string.Empty;
        return $"""<{root} xmlns="http://www.vmware.com/vcloud/v1.5" name="thing" status="{(Kind is VcdReceiveKind.Media && Status == "8" ? "1" : Status)}" {media} {deployed} type="application/vnd.vmware.vcloud.{type}+xml" href="{address}">{links}{files}</{root}>""";
    }

    private static string TaskXml(string status)
        => $"""<Task xmlns="http://www.vmware.com/vcloud/v1.5" status="{status}" operation="Enabling download of thing" operationName="vdcEnableDownload" href="{VcdFake.Host}/api/task/11111111-2222-4333-8444-555555555555">{(status == "error" ? "<Error message=\"The transfer storage is full.\" majorErrorCode=\"500\" minorErrorCode=\"INTERNAL_SERVER_ERROR\"/>" : "")}</Task>""";

    private sealed class CutStream(byte[] bytes, int at, bool reset) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var left = Math.Min(Math.Min(bytes.Length, at) - _position, count);
            if (left <= 0)
            {
                return reset && _position >= at ? throw new IOException("reset") : 0;
            }

            bytes.AsSpan(_position, left).CopyTo(buffer.AsSpan(offset));
            _position += left;
            return left;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
