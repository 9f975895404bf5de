using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using static OrchestratorTools.Tests.VeloCloud.Wire;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>What is sent to monitor, and what is made of the answers.</summary>
public sealed class MonitoringTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(VeloCloudLog.Enterprise, 7L, "event/getEnterpriseEvents", """{"enterpriseId":7,"interval":{"start":1772323200000,"end":1772366400000},"filter":{"limit":2048}}""")]
    [InlineData(VeloCloudLog.Enterprise, null, "event/getEnterpriseEvents", """{"interval":{"start":1772323200000,"end":1772366400000},"filter":{"limit":2048}}""")]
    [InlineData(VeloCloudLog.Partner, null, "event/getProxyEvents", """{"interval":{"start":1772323200000,"end":1772366400000},"filter":{"limit":2048}}""")]
    [InlineData(VeloCloudLog.Operator, null, "event/getOperatorEvents", """{"networkId":1,"interval":{"start":1772323200000,"end":1772366400000},"filter":{"limit":2048}}""")]
    public async Task Each_log_has_its_method(VeloCloudLog log, long? enterprise, string method, string body)
    {
        var (session, wire) = await ConnectAsync(_ => Json("""{"metaData":{"limit":2048,"more":false},"data":[{"id":5,"eventTime":"2026-03-01T11:00:00.000Z","event":"X","operatorUsername":"o"}]}"""));
        await using var _ = session;

        var events = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEventsAsync(new VeloCloudLogQuery(VeloCloudInterval.OfLog(null, Now, Now)) { Log = log, EnterpriseId = enterprise, EnterpriseName = "Acme" }, CancellationToken.None));

        Assert.Equal((method, body), (MethodOf(wire.Sent[^1]), wire.Sent[^1].Body));
        var happened = Assert.Single(events);
        Assert.Equal((5L, "X", "o", log is VeloCloudLog.Enterprise ? "Acme" : null), (happened.Id, happened.Type, happened.User, happened.EnterpriseName));
    }

    [Theory]
    [InlineData("""{"metaData":{"limit":2},"data":[{"id":1,"eventTime":"2026-03-01T11:00:00.000Z"},{"id":2,"eventTime":"2026-03-01T10:00:00.000Z"}]}""", 1)]
    [InlineData("""[{"id":1,"eventTime":"2026-03-01T11:00:00.000Z"},{"id":2,"eventTime":"2026-03-01T10:00:00.000Z"}]""", 1)]
    public async Task An_answer_that_does_not_say_whether_there_is_more_is_the_end_where_it_is_not_full(string answer, int requests)
    {
        var (session, wire) = await ConnectAsync(_ => Json(answer));
        await using var _ = session;
        var events = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEventsAsync(new VeloCloudLogQuery(VeloCloudInterval.OfLog(null, Now, Now)), CancellationToken.None));
        Assert.Equal(2, events.Count);
        Assert.Equal(requests, wire.Sent.Count - 1);
    }

    [Fact]
    public async Task An_answer_without_a_list_is_an_error()
    {
        var (session, _) = await ConnectAsync(_ => Json("""{"metaData":{"limit":2,"more":false}}"""));
        await using var _ = session;
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEventsAsync(new VeloCloudLogQuery(VeloCloudInterval.OfLog(null, Now, Now)), CancellationToken.None)));
        Assert.Equal("VeloCloud.Protocol", error.ErrorId);
    }

    [Theory]
    [InlineData("\"{\\\"edgeId\\\":7,\\\"list\\\":[1,\\\"a\\\",null]}\"", "edgeId=7;list=1,a,")]
    [InlineData("\"plain words\"", "plain words")]
    [InlineData("\"{broken\"", "{broken")]
    [InlineData("{\"edgeId\":8}", "edgeId=8")]
    [InlineData("null", "")]
    public void The_detail_is_what_the_text_holds(string detail, string expected)
    {
        using var document = JsonDocument.Parse($$"""{"id":1,"detail":{{detail}}}""");
        var happened = new VeloCloudEvent(document.RootElement);
        happened.Keep(System.Text.Encoding.UTF8.GetBytes(document.RootElement.GetRawText()));
        Assert.Equal(expected, Shown(happened.Detail));
        Assert.Same(happened.Detail, happened.Detail);
    }

    [Theory]
    [InlineData("\"STABLE\"", "STABLE")]
    [InlineData("0", "0")]
    [InlineData("null", null)]
    public void The_state_of_a_link_is_a_word_or_a_number(string state, string? expected)
    {
        using var document = JsonDocument.Parse($$"""{"linkId":9,"linkState":{{state}},"linkLastActive":"0000-00-00 00:00:00"}""");
        var status = new VeloCloudLinkStatus(document.RootElement);
        Assert.Equal((expected, (DateTimeOffset?)null), (status.State, status.LastActive));
    }

    [Fact]
    public async Task Pieces_of_sums_are_added_averaged_and_kept_by_id()
    {
        var interval = VeloCloudInterval.OfLog(Now.AddDays(-21), Now, Now);
        var answers = new Queue<string>(
        [
            """[{"linkId":1,"name":"old","bytesRx":100,"bestLatencyMsRx":10,"link":{"interface":"GE3"}},{"linkId":2,"name":"b","bytesRx":5}]""",
            """[{"linkId":1,"name":"new","bytesRx":50,"bestLatencyMsRx":40,"link":{"interface":"GE3"}},{"linkId":3,"name":"c","bytesRx":7}]""",
        ]);
        var (session, wire) = await ConnectAsync(_ => Json(answers.Dequeue()));
        await using var _ = session;

        var rows = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetMetricsAsync(new VeloCloudMetricQuery(VeloCloudMetricKind.Link, interval) { EdgeId = 4 }, CancellationToken.None));

        Assert.Equal([1L, 2, 3], rows.Select(r => r.Id));
        Assert.Equal(150L, rows[0].Value["bytesRx"]);

        // Fourteen days of 10 and seven of 40.
        Assert.Equal(20.0, (double)rows[0].Value["BestLatencyMsRx"], 2);
        Assert.Equal((5L, 7L), (rows[1].Value["BytesRx"], rows[2].Value["BytesRx"]));
        Assert.All(rows, r => Assert.Equal((interval.Start, interval.End), (r.Start, r.End)));
        Assert.Equal(3, wire.Sent.Count);
    }

    [Fact]
    public void Least_and_greatest_stay_what_they_are_over_pieces()
    {
        var merge = new MetricMerge(VeloCloudMetricKind.Status);
        merge.Add(Metric(0, 1, ("CpuPct", 10L), ("CpuPctMin", 2L), ("CpuPctMax", 30L), ("FlowCount", 5L), ("Total", 12L)));
        merge.Add(Metric(1, 2, ("CpuPct", 20L), ("CpuPctMin", 4L), ("CpuPctMax", 25L), ("FlowCount", 7L), ("Total", 12L)));
        var row = Assert.Single(merge.Rows(VeloCloudInterval.OfLog(Now.AddHours(-2), Now, Now)));
        Assert.Equal((15.0, 2L, 30L, 6.0, 24L), (row.Value["CpuPct"], row.Value["CpuPctMin"], row.Value["CpuPctMax"], row.Value["FlowCount"], row.Value["Total"]));
    }

    [Fact]
    public void One_piece_alone_is_what_the_server_said()
    {
        var merge = new MetricMerge(VeloCloudMetricKind.Link);
        merge.Add(Metric(0, 1, ("BestLatencyMsRx", 12.123456789), ("BytesRx", long.MaxValue)));
        var row = Assert.Single(merge.Rows(VeloCloudInterval.OfLog(Now.AddHours(-1), Now, Now)));
        Assert.Equal((12.123456789, long.MaxValue), (row.Value["BestLatencyMsRx"], row.Value["BytesRx"]));
    }

    [Fact]
    public void Series_come_as_columns_or_as_rows_and_what_was_not_measured_is_not_there()
    {
        var interval = VeloCloudInterval.OfLog(Now.AddHours(-1), Now, Now);
        using var columns = JsonDocument.Parse("""[{"metric":"bytesRx","startTime":"2026-03-01T11:00:00.000Z","tickInterval":300000,"data":[1,null,3]},{"metric":"bytesTx","startTime":1772362800000,"tickInterval":300000,"data":[4,5,6]}]""");
        var samples = MetricReader.Samples(columns.RootElement, interval).ToList();
        Assert.Equal([2, 1, 2], samples.Select(s => s.Values.Count));
        Assert.Equal(Now.AddHours(-1), samples[0].Start);
        Assert.Equal(Now.AddMinutes(-55), samples[0].End);
        Assert.Equal((3L, 6L), (samples[2].Values["BytesRx"], samples[2].Values["BytesTx"]));

        using var rows = JsonDocument.Parse("""[{"startTime":"2026-03-01T11:00:00.000Z","cpuPct":3.5,"tunnelCount":2},{"startTime":"2026-03-01T11:10:00.000Z","cpuPct":4}]""");
        var told = MetricReader.Samples(rows.RootElement, interval).ToList();
        Assert.Equal([10.0, 5.0], told.Select(s => (s.End - s.Start).TotalMinutes));
        Assert.Equal((3.5, 2L, 4L), (told[0].Values["CpuPct"], told[0].Values["TunnelCount"], told[1].Values["CpuPct"]));
    }

    [Theory]
    [InlineData("5", 5L)]
    [InlineData("5.5", 5.5)]
    [InlineData("\"5\"", 5L)]
    [InlineData("\"5.5\"", 5.5)]
    [InlineData("\"NaN\"", null)]
    [InlineData("\"many\"", null)]
    [InlineData("true", null)]
    public void Numbers_are_numbers_also_in_texts(string json, object? expected)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(expected, MetricReader.NumberOf(document.RootElement));
    }

    [Fact]
    public void Names_of_applications_and_classes_come_in_any_shape()
    {
        using var lists = JsonDocument.Parse("""{"applications":[{"id":67,"name":"APP_HTTP","displayName":"Web"},{"id":68,"name":"APP_S","displayName":""}],"applicationClasses":["None","Mail"]}""");
        var names = new ApplicationNames(lists.RootElement);
        Assert.Equal(("Web", "APP_S", "9", "Mail", "7"), (names.OfApplication(67), names.OfApplication(68), names.OfApplication(9), names.OfClass(1), names.OfClass(7)));
        using var objects = JsonDocument.Parse("""{"applications":{"67":{"id":67,"displayName":"Web"}},"applicationClasses":{"4":{"name":"Business"}}}""");
        var others = new ApplicationNames(objects.RootElement);
        Assert.Equal(("Web", "Business"), (others.OfApplication(67), others.OfClass(4)));
        Assert.Equal("1", new ApplicationNames(default).OfClass(1));
    }

    [Fact]
    public async Task Edges_that_do_not_fit_an_answer_are_asked_for_by_their_ids()
    {
        var (session, wire) = await ConnectAsync(sent => MethodOf(sent) switch
        {
            "enterprise/getEnterpriseEdges" => Json(Page([1, 2, 3], null)),
            _ when sent.Body!.Contains("edgeIds", StringComparison.Ordinal) => Json("""{"metaData":{"limit":2048,"more":false},"data":[{"edgeId":2,"cpuPct":2},{"edgeId":3,"cpuPct":3}]}"""),
            _ => Json("""{"metaData":{"limit":1,"more":true},"data":[{"edgeId":1,"cpuPct":1}]}"""),
        });
        await using var _ = session;

        var told = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgeStatusAsync(7, "Acme", [], null, CancellationToken.None));

        Assert.Equal([1L, 2, 3], told.Select(s => s.EdgeId));
        Assert.Contains("\"edgeIds\":[2,3]", wire.Sent[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_configuration_is_sent_whole_once_with_what_is_different()
    {
        const string Old = """{"id":5,"name":"EDGE_DOWN","enabled":true,"firstNotificationSeconds":180,"definition":{"deep":[1]},"novel":"kept"}""";
        var (session, wire) = await ConnectAsync(sent => MethodOf(sent).EndsWith("Configurations", StringComparison.Ordinal) && sent.Body!.Contains("definition", StringComparison.Ordinal)
            ? Json($$"""{"enterpriseAlertConfigurations":[{{Old.Replace("180", "60", StringComparison.Ordinal)}}]}""")
            : Json($"[{Old}]"));
        await using var _ = session;
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var read = Assert.Single(await AllAsync(client.GetAlertConfigurationsAsync(7, "Acme", CancellationToken.None)));

        var now = await client.SetAlertConfigurationsAsync(7, [(read, new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["firstNotificationSeconds"] = JsonSerializer.SerializeToElement(60) })], CancellationToken.None);

        Assert.Equal(60, Assert.Single(now).FirstNotificationSeconds);
        Assert.Equal("""{"enterpriseId":7,"enterpriseAlertConfigurations":[{"id":5,"name":"EDGE_DOWN","enabled":true,"definition":{"deep":[1]},"novel":"kept","firstNotificationSeconds":60}]}""", wire.Sent[^1].Body);
    }

    private static VeloCloudMetric Metric(int from, int to, params (string Name, object Value)[] values) => new()
    {
        By = VeloCloudMetricKind.Status,
        Id = 1,
        Start = Now.AddHours(from - 2),
        End = Now.AddHours(to - 2),
        Value = values.ToDictionary(v => v.Name, v => v.Value, StringComparer.OrdinalIgnoreCase),
    };

    private static string Shown(object? value) => value switch
    {
        null => string.Empty,
        IReadOnlyDictionary<string, object?> map => string.Join(';', map.Select(m => $"{m.Key}={Shown(m.Value)}")),
        object?[] list => string.Join(',', list.Select(Shown)),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
