using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Clients.Vro.Report;

namespace OrchestratorTools.Tests.Vro;

/// <summary>The report of plans: one page that needs nothing from anywhere, in which no text of a server becomes markup, with a checksum that anybody can recompute.</summary>
public sealed partial class VroReportTests
{
    private const string Nasty = "<script>alert('x')</script> & \"quoted\" ]]> <!-- \u0001 \uD800 日本 🚀 &lt;";
    private static readonly DateTime Start = new(2026, 1, 2, 3, 0, 0, DateTimeKind.Unspecified);

    [Fact]
    public void The_page_is_well_formed_and_has_no_script_and_nothing_from_elsewhere()
    {
        var html = Report(Plan(Nasty, "Halted", Nasty)).ToHtml();

        var page = Parse(html);
        Assert.Equal("html", page.DocumentElement!.Name);
        Assert.Empty(page.GetElementsByTagName("script").Cast<XmlNode>());
        foreach (var name in new[] { "src", "href", "data", "action", "srcset", "onload", "onclick", "onerror" })
        {
            Assert.Empty(page.SelectNodes($"//@{name}")!.Cast<XmlNode>());
        }

        Assert.Empty(page.SelectNodes("//link|//img|//iframe|//object|//embed|//form|//base|//a|//use|//image")!.Cast<XmlNode>());
        Assert.DoesNotContain("http:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(Urls().Matches(html), m => Assert.StartsWith("url(#", m.Value, StringComparison.Ordinal));
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);

        // What HTML reads in a style element it reads as it stands.
        Assert.DoesNotContain("&", page.GetElementsByTagName("style")[0]!.InnerXml, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_server_says_is_shown_as_it_is_wherever_it_stands()
    {
        var page = Parse(Report(Plan(Nasty, "Halted", Nasty)).ToHtml());
        var shown = Nasty.Replace('\u0001', '\uFFFD').Replace('\uD800', '\uFFFD');
        foreach (var path in new[] { "//h1", "//h2", "//title", "//tbody/tr/td", "//dd", "//svg/*[local-name()='text']", "//li" })
        {
            Assert.Contains(page.SelectNodes(path)!.Cast<XmlNode>(), n => n.InnerText.Contains(shown, StringComparison.Ordinal) || n.InnerText.StartsWith(shown[..20], StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_checksum_is_that_of_the_text_in_the_frame()
    {
        var html = Report(Plan("dc1-web", "FailoverComplete")).ToHtml();
        var data = Frame().Match(html).Groups[1].Value.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

        Assert.Equal(Hash(data), Sum().Match(html).Groups[1].Value);
        Assert.DoesNotContain("\r", data, StringComparison.Ordinal);
        Assert.Equal("dc1-web", JsonDocument.Parse(data).RootElement.GetProperty("plans")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void The_checksum_of_the_data_alone_is_that_of_the_same_text()
    {
        var report = Report(Plan(Nasty, "Halted", Nasty));
        var json = report.ToJson();
        var document = JsonDocument.Parse(json).RootElement;
        var data = document.GetProperty("data").GetRawText();

        Assert.Equal(Hash(data), document.GetProperty("sha256").GetString());
        Assert.Equal(document.GetProperty("sha256").GetString(), Sum().Match(report.ToHtml()).Groups[1].Value);
        Assert.Contains("exactly as it stands", document.GetProperty("hashed").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<", data, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_byte_is_another_checksum()
    {
        var one = Report(Plan("a", "FailoverComplete")).ToJson();
        var other = Report(Plan("b", "FailoverComplete")).ToJson();
        Assert.NotEqual(JsonDocument.Parse(one).RootElement.GetProperty("sha256").GetString(), JsonDocument.Parse(other).RootElement.GetProperty("sha256").GetString(), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("FailoverComplete", 100, "MISSED by 0:02:20", false)]
    [InlineData("FailoverComplete", 240, "kept, 0:00:00 left", true)]
    [InlineData("FailoverComplete", 300, "kept, 0:01:00 left", true)]
    [InlineData("Halted", 300, "NOT REACHED", false)]
    public void A_run_is_measured_against_the_time_that_it_may_take(string state, int rto, string said, bool kept)
    {
        var report = Report(TimeSpan.FromSeconds(rto), Plan("dc1-web", state));
        Assert.Contains(Parse(report.ToHtml()).SelectNodes("//table[1]/tbody/tr/td/span")!.Cast<XmlNode>(), n => n.InnerText == said);
        Assert.Equal(kept, JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("data").GetProperty("plans")[0].GetProperty("keptRto").GetBoolean());
    }

    [Fact]
    public void A_run_that_has_not_ended_keeps_no_time_and_misses_none()
    {
        var running = new VroPlanRuntime { Id = "1", Name = "p", State = "Running", StateName = "Failover", IsRunning = true, IsStable = false, StartTime = Start, Progress = 7 };
        var report = Report(TimeSpan.FromMinutes(1), Entry("p", running));
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("data").GetProperty("plans")[0].GetProperty("keptRto").ValueKind);
        Assert.Contains("still runs, 7 %", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_restart_of_the_server_emptied_is_said_to_be_gone()
    {
        var told = new VroPlan { Id = "1", Name = "p", State = "FailoverComplete", LastStableState = "FailoverComplete", RunResult = "Success" };
        var report = Report(TimeSpan.FromMinutes(1), Entry("p", VroPlanRuntime.From(told)));
        var html = report.ToHtml();
        Assert.Contains("it forgets them when it restarts", html, StringComparison.Ordinal);
        Assert.Contains("cannot be told", html, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("data").GetProperty("plans")[0].GetProperty("hasRuntimeDetails").GetBoolean());
    }

    [Fact]
    public void What_failed_is_told_with_its_text_and_by_a_word_and_a_pattern()
    {
        var page = Parse(Report(Plan("dc1-web", "Halted", "vm-1")).ToHtml());
        var row = page.SelectNodes("//section[1]/table[1]/tbody/tr")!.Cast<XmlNode>().Single();
        Assert.Equal("tier 1|vm-1|Process Replica VM|FAILED|the operation <timed> out", string.Join('|', row.ChildNodes.Cast<XmlNode>().Select(c => c.InnerText)));
        Assert.Contains(page.SelectNodes("//svg/rect[@fill='url(#failed)']")!.Cast<XmlNode>(), r => r.InnerText.Contains("Process Replica VM: FAILED", StringComparison.Ordinal));
        Assert.Contains(page.SelectNodes("//svg/text")!.Cast<XmlNode>(), t => t.InnerText.EndsWith("FAILED", StringComparison.Ordinal));

        // A VM that stands because the run was halted has not failed.
        Assert.Contains(page.SelectNodes("//tr[td='vm-2']/td[2]")!.Cast<XmlNode>(), t => t.InnerText == "Halted");
    }

    [Fact]
    public void The_time_line_puts_every_step_where_it_was()
    {
        var page = Parse(Report(Plan("dc1-web", "FailoverComplete")).ToHtml());
        var bars = page.SelectNodes("//svg/rect[*[local-name()='title']]")!.Cast<XmlElement>().Select(r => (Name: r.InnerText.Split(':')[0], X: Number(r, "x"), Width: Number(r, "width"))).ToList();
        var (shut, process) = (bars.Single(b => b.Name == "Shut Down Source VM"), bars.Single(b => b.Name == "Process Replica VM"));

        // A run of four minutes on 585 units: the first step takes one, the second two.
        Assert.Equal(250, shut.X, 1);
        Assert.Equal(585.0 / 4, shut.Width, 0.2);
        Assert.Equal(shut.X + shut.Width, process.X, 0.2);
        Assert.Equal(2 * shut.Width, process.Width, 0.3);
    }

    [Theory]
    [InlineData(null, null, "tells neither who")]
    [InlineData("LAB\\alice", null, "LAB\\alice; the API does not tell from where.")]
    [InlineData("LAB\\alice", "10.0.0.7", "LAB\\alice, from 10.0.0.7")]
    public void Who_ran_it_is_told_as_the_server_tells_it(string? who, string? where, string said)
    {
        var more = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["startedBy"] = who, ["startedFrom"] = where };
        var runtime = new VroPlanRuntime { Id = "1", Name = "p", State = "Ready", IsRunning = false, IsStable = true, AdditionalProperties = more };
        Assert.Contains(said, Parse(Report(Entry("p", runtime)).ToHtml()).InnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_say_whose_they_are()
    {
        var html = Report(Plan("dc1-web", "FailoverComplete")).ToHtml();
        Assert.Contains("2026-05-06T07:08:09Z (UTC)", html, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 03:00:00 to 2026-01-02 03:04:00 (server time), 0:04:00", html, StringComparison.Ordinal);
        Assert.Contains("API v7.21", html, StringComparison.Ordinal);
        Assert.Contains("OrchestratorTools 1.2.3", html, StringComparison.Ordinal);
    }

    private static VroReport Report(params VroReportPlan[] plans) => Report(null, plans);

    private static VroReport Report(TimeSpan? rto, params VroReportPlan[] plans)
    {
        var report = new VroReport { CreatedAt = new DateTimeOffset(2026, 5, 6, 9, 8, 9, TimeSpan.FromHours(2)), Machine = "box", ModuleVersion = "1.2.3", Rto = rto };
        foreach (var plan in plans)
        {
            report.Add(plan);
        }

        report.AddFailure(Nasty, "it is not there");
        return report;
    }

    private static VroReportPlan Plan(string name, string state, string vm = "vm-1")
    {
        var failed = state is "Halted";
        var runtime = new VroPlanRuntime
        {
            Id = "1",
            Name = name,
            State = state,
            IsRunning = false,
            IsStable = true,
            Result = failed ? "Error" : "Success",
            ResultName = failed ? "Halted, 1 error" : "Complete, no errors",
            StartTime = Start,
            FinishTime = Start.AddMinutes(4),
            Groups =
            [
                new VroRuntimeGroup
                {
                    Id = "g",
                    Name = vm == Nasty ? Nasty : "tier 1",
                    State = failed ? "Failed" : "Complete",
                    Result = failed ? "Error" : "Success",
                    StartTime = Start,
                    FinishTime = Start.AddMinutes(4),
                    Vms =
                    [
                        new VroRuntimeVm
                        {
                            Id = "v1",
                            Name = vm,
                            State = failed ? "Failed" : "Complete",
                            Result = failed ? "Error" : "Success",
                            StartTime = Start,
                            FinishTime = Start.AddMinutes(3),
                            Steps =
                            [
                                new VroRuntimeStep { Id = "s1", Name = "Shut Down Source VM", State = "Complete", Result = "Success", StartTime = Start, FinishTime = Start.AddMinutes(1) },
                                new VroRuntimeStep { Id = "s2", Name = "Process Replica VM", State = failed ? "Failed" : "Complete", Result = failed ? "Error" : "Success", StartTime = Start.AddMinutes(1), FinishTime = Start.AddMinutes(3), Details = failed ? "the operation <timed> out" : string.Empty },
                            ],
                        },
                        new VroRuntimeVm { Id = "v2", Name = "vm-2", State = failed ? "Halted" : "Complete", Result = failed ? "Undefined" : "Success", StartTime = Start.AddMinutes(3), FinishTime = Start.AddMinutes(4) },
                    ],
                },
            ],
        };
        return Entry(name, runtime);
    }

    private static VroReportPlan Entry(string name, VroPlanRuntime runtime)
        => new(new VroPlan { Id = "1", Name = name, Type = "Replica", Description = name, State = runtime.State }, runtime) { Server = "vro.example:9898", ApiVersion = "v7.21", ReadBy = "LAB\\alice", ReadAt = new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero) };

    private static XmlDocument Parse(string html)
    {
        var page = new XmlDocument { XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        page.Load(reader);
        return page;
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    private static double Number(XmlElement element, string name) => double.Parse(element.GetAttribute(name), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("""<pre id="data">(.*?)</pre>""", RegexOptions.Singleline, 5000)]
    private static partial Regex Frame();

    [GeneratedRegex("""<code id="sha256">([0-9a-f]{64})</code>""", RegexOptions.None, 5000)]
    private static partial Regex Sum();

    [GeneratedRegex(@"url\([^)]*\)", RegexOptions.None, 5000)]
    private static partial Regex Urls();
}
