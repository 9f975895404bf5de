using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Tests.Http;

/// <summary>What a hostile or broken server sends costs little and ends in one clear error.</summary>
public sealed class BoundsTests
{
    [Fact]
    public async Task An_endless_error_page_is_read_for_64_KiB()
    {
        var endless = new EndlessStream();
        var wire = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StreamContent(endless, 4096) });
        await using var session = RetryTests.Session(wire, new ManualTime());

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));

        Assert.Equal("Vro.Validation", error.ErrorId);
        Assert.InRange(endless.Served, 1, 256 * 1024);
        Assert.InRange(error.Message.Length, 1, 80 * 1024);
    }

    [Fact]
    public async Task An_endless_answer_ends_at_64_MiB()
    {
        var endless = new EndlessStream();
        var wire = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(endless, 65536) });
        await using var session = RetryTests.Session(wire, new ManualTime());

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));

        Assert.Equal("Vro.Protocol", error.ErrorId);
        Assert.InRange(endless.Served, 64 << 20, 65 << 20);
    }

    [Fact]
    public async Task An_answer_that_stops_coming_is_a_timeout()
    {
        var time = new ManualTime();
        var wire = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new SilentStream()) });
        await using var session = RetryTests.Session(wire, time, retries: 0);

        var request = session.GetAsync("x");
        await RetryTests.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(50));
            return request.IsCompleted;
        });

        Assert.Equal("Vro.Timeout", (await Assert.ThrowsAsync<OrchestratorApiException>(() => request)).ErrorId);
    }

    [Fact]
    public void A_DTD_is_refused()
        => Assert.Throws<XmlException>(() => SafeXml.Parse("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"));

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(1000, false)]
    [InlineData(1_000_000, false)]
    public void XML_depth_is_bounded(int depth, bool read)
    {
        var text = string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        if (read)
        {
            Assert.NotNull(SafeXml.Parse(text));
        }
        else
        {
            Assert.Throws<XmlException>(() => SafeXml.Parse(text));
        }
    }

    [Fact]
    public void XML_keeps_names_attributes_and_texts()
    {
        var root = SafeXml.Parse("<v:Catalog xmlns:v=\"http://v\" xmlns:x=\"http://x\" name=\"a&amp;b\" x:t=\"1\"><v:Description>l&lt;1\n<![CDATA[<raw>]]></v:Description><v:Empty/></v:Catalog>");

        Assert.Equal("Catalog", root.Name.LocalName);
        Assert.Equal("http://v", root.Name.NamespaceName);
        Assert.Equal("a&b", root.Attribute("name")?.Value);
        Assert.Equal("1", root.Attribute(System.Xml.Linq.XName.Get("t", "http://x"))?.Value);
        Assert.Equal("l<1\n<raw>", root.Elements().First().Value);
        Assert.Equal(2, root.Elements().Count());
    }

    [Theory]
    [InlineData("[{\"id\":1,\"n\":\"a\"},{\"id\":2,\"n\":\"ü\\\"]}\"},{\"id\":3,\"x\":[[{}]]}]")]
    [InlineData("{\"metaData\":{\"more\":true},\"data\":[{\"id\":1},{\"id\":2},{\"id\":3}],\"after\":[1,2]}")]
    [InlineData(" {\"data\" : [ {\"id\":1} , {\"id\":2} , {\"id\":3} ] , \"metaData\":{\"more\":true,\"nextPageLink\":\"x\"} } ")]
    public async Task A_list_is_read_the_same_however_its_bytes_arrive(string text)
    {
        for (var piece = 1; piece <= Encoding.UTF8.GetByteCount(text); piece++)
        {
            await using var list = Open(text, piece);
            var ids = new List<long>();
            while (await list.ReadAsync(default))
            {
                using var element = JsonDocument.Parse(list.CurrentBytes);
                ids.Add(element.RootElement.GetProperty("id").GetInt64());
            }

            Assert.Equal([1, 2, 3], ids);
            Assert.True(list.SawArray);
            if (text.Contains("metaData", StringComparison.Ordinal))
            {
                Assert.True(list.Members["metaData"].GetProperty("more").GetBoolean());
            }
        }
    }

    [Theory]
    [InlineData("[{\"id\":1},{\"id\":")]
    [InlineData("[{\"id\":1}")]
    [InlineData("{\"data\":[{\"id\":1}]")]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("\"text\"")]
    public async Task A_list_that_is_cut_or_none_is_an_error(string text)
    {
        await using var list = Open(text, 3);
        await Assert.ThrowsAnyAsync<JsonException>(async () =>
        {
            while (await list.ReadAsync(default))
            {
            }
        });
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(1000, false)]
    public async Task JSON_depth_is_bounded(int depth, bool read)
    {
        var text = "[" + new string('[', depth) + new string(']', depth) + "]";
        await using var list = Open(text, 4096);
        if (read)
        {
            Assert.True(await list.ReadAsync(default));
        }
        else
        {
            await Assert.ThrowsAnyAsync<JsonException>(async () => await list.ReadAsync(default));
        }
    }

    [Fact]
    public async Task One_element_is_bounded()
    {
        var text = "[{\"id\":1,\"n\":\"" + new string('a', JsonElementStream<bool>.MaximumElement) + "\"}]";
        await using var list = Open(text, 65536);
        var error = await Assert.ThrowsAnyAsync<JsonException>(async () => await list.ReadAsync(default));
        Assert.Contains("16 MiB", error.Message, StringComparison.Ordinal);
    }

    private static JsonElementStream<bool> Open(string text, int piece)
        => new(new PiecewiseStream(Encoding.UTF8.GetBytes(text), piece), "data", static (ref Utf8JsonReader reader, out bool item) => item = reader.TrySkip());

    private sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => ValueTask.FromResult(Read(buffer.Span[..Math.Min(piece, buffer.Length)]));
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Served { get; private set; }

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'e');
            Served += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    private sealed class SilentStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
