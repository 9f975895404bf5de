using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>A scripted server that holds documents by path, takes changes as told, and remembers them. Every change's body is checked against the schemas where these are there.</summary>
internal sealed class VcdShelf
{
    public const string Host = VcdFake.Host;
    private const string TaskId = "025615cd-a591-4dec-89dc-331b322a3a75";
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<SentRequest, HttpResponseMessage>> _changes = new(StringComparer.Ordinal);
    private readonly Queue<string> _tasks = new();

    public VcdShelf(string version = "37.0")
    {
        Fake = new VcdFake(Answer) { Versions = VcdFake.VersionList((version, false, Host + "/api/sessions", Host + "/api/sessions")) };
    }

    public VcdFake Fake { get; }

    /// <summary>The changes that were sent: method, path with query, body.</summary>
    public IReadOnlyList<SentRequest> Changes => Fake.Handler.Sent.Where(r => r.Method != "GET" && !r.Uri.AbsolutePath.Contains("session", StringComparison.Ordinal)).ToArray();

    public XElement Body => XElement.Parse(Assert.Single(Changes).Body!);

    public RecordingObserver Observer { get; } = new();

    /// <summary>A document; HOST stands for the server's address, and the namespace is set.</summary>
    public VcdShelf With(string path, string xml)
    {
        var root = XElement.Parse(xml.Replace("HOST", Host, StringComparison.Ordinal));
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = VcdXml.Namespace + element.Name.LocalName;
        }

        root.SetAttributeValue("href", Host + path);
        _documents[path] = root.ToString();
        return this;
    }

    /// <summary>A document of several namespaces, as it stands; HOST stands for the server's address.</summary>
    public VcdShelf WithAsIs(string path, string xml)
    {
        _documents[path] = xml.Replace("HOST", Host, StringComparison.Ordinal);
        return this;
    }

    /// <summary>How a change is answered; by default 202 with a task that runs twice and then ends well.</summary>
    public VcdShelf When(string methodAndPath, Func<SentRequest, HttpResponseMessage> answer)
    {
        _changes[methodAndPath] = answer;
        return this;
    }

    public VcdShelf TasksEnd(params string[] states)
    {
        foreach (var state in states)
        {
            _tasks.Enqueue(state);
        }

        return this;
    }

    public async Task<VcdClient> ClientAsync() => new(await Fake.ConnectAsync(), Observer);

    public static string TaskXml(string status) => $"<Task xmlns=\"http://www.vmware.com/vcloud/v1.5\" status=\"{status}\" operation=\"Working\" href=\"{Host}/api/task/{TaskId}\"/>";

    private HttpResponseMessage? Answer(SentRequest request)
    {
        var path = request.Uri.AbsolutePath;
        if (path == "/api/versions" || path.Contains("session", StringComparison.Ordinal))
        {
            return null;
        }

        if (path == "/api/task/" + TaskId)
        {
            return VcdFake.Xml(TaskXml(_tasks.Count > 0 ? _tasks.Dequeue() : "success"));
        }

        if (request.Method == "GET")
        {
            return _documents.TryGetValue(path, out var document)
                ? VcdFake.Xml(document)
                : VcdFake.Xml("<Error majorErrorCode=\"403\" minorErrorCode=\"ACCESS_TO_RESOURCE_IS_FORBIDDEN\" message=\"No access to entity\"/>", HttpStatusCode.Forbidden);
        }

        if (request.Body is { Length: > 0 } body && Simulator.VcdSchemas is not null)
        {
            Assert.Empty(VcdSchemas.Faults(System.Text.Encoding.UTF8.GetBytes(body)));
        }

        return _changes.TryGetValue($"{request.Method} {path}", out var answer) ? answer(request) : VcdFake.Xml(TaskXml("running"), HttpStatusCode.Accepted);
    }
}
