using System.Globalization;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>JSON that is compared, written in order, kept without its secrets, and edited at one place.</summary>
public sealed class ConfigurationJsonTests
{
    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1.50", "15e-1", true)]
    [InlineData("-0", "0.00", true)]
    [InlineData("100", "1E+2", true)]
    [InlineData("0.1", "0.1000000000000000055511151231257827", false)]
    [InlineData("12345678901234567890", "12345678901234567891", false)]
    [InlineData("1e999999999", "1e999999999", true)]
    [InlineData("1e999999999", "10e999999998", false)]
    [InlineData("1", "-1", false)]
    public void Numbers_are_compared_without_rounding(string a, string b, bool same) => Assert.Equal(same, JsonNumberText.AreEqual(a, b));

    [Fact]
    public void What_is_written_is_in_order_and_the_same_bytes_each_time()
    {
        var a = Encoding.UTF8.GetString(StableJson.Write(Json("""{"b":[3,1,{"z":null,"a":"ä <\u00e9>"}],"a":1.50,"B":true}""")));
        var b = Encoding.UTF8.GetString(StableJson.Write(Json("""{ "B" : true, "a":1.50, "b":[3,1,{"a":"ä <é>","z":null}] }""")));
        Assert.Equal(a, b);
        Assert.Equal("{\n  \"B\": true,\n  \"a\": 1.50,\n  \"b\": [\n    3,\n    1,\n    {\n      \"a\": \"ä <é>\",\n      \"z\": null\n    }\n  ]\n}\n", a);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_written_as_it_came()
        => Assert.Contains("\\ud800", Encoding.UTF8.GetString(StableJson.Write(Json("""{"a":"\ud800"}"""))), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"b":2.0,"a":1}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "~ /a: 1 -> 2")]
    [InlineData("""{"a":{"x/y":1}}""", """{"a":{}}""", "- /a/x~1y: 1")]
    [InlineData("""{}""", """{"~":null}""", "+ /~0: null")]
    [InlineData("""{"l":[1,2,3]}""", """{"l":[0,1,2,3]}""", "+ /l/0: 0")]
    [InlineData("""{"l":[1,2,3]}""", """{"l":[1,3]}""", "- /l/1: 2")]
    [InlineData("""{"l":[1,2]}""", """{"l":[2,1]}""", "~ /l/0: 1 -> 2|~ /l/1: 2 -> 1")]
    [InlineData("""{"a":"1"}""", """{"a":1}""", "~ /a: \"1\" -> 1")]
    [InlineData("""{"a":null}""", """{}""", "- /a: null")]
    [InlineData("""{"a":1,"a":2}""", """{"a":1,"a":3}""", "~ /a: 2 -> 3")]
    public void Differences_are_named_by_their_place(string before, string after, string expected)
        => Assert.Equal(expected, string.Join('|', JsonDifferences.Between(Json(before), Json(after))));

    [Fact]
    public void Differences_show_no_secret()
    {
        var differences = JsonDifferences.Between(
            Json("""{"psk":"old-one","l":[{"name":"a","password":"old-two"}],"m":{"isPassword":true,"value":"old-three"}}"""),
            Json("""{"psk":"new-one","l":[{"name":"a","password":"new-two"},{"password":"new-four"}],"m":{"isPassword":true,"value":"new-three"}}"""));
        var text = string.Join('|', differences.Select(d => $"{d} {d.Before} {d.After}"));
        Assert.Equal(4, differences.Count);
        Assert.DoesNotContain("old-", text, StringComparison.Ordinal);
        Assert.DoesNotContain("new-", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password", null, true)]
    [InlineData("adminPassword", null, true)]
    [InlineData("preSharedKey", null, true)]
    [InlineData("psk", null, true)]
    [InlineData("authToken", null, true)]
    [InlineData("community", "snmpv2c", true)]
    [InlineData("community", "bgp", false)]
    [InlineData("bypass", null, false)]
    [InlineData("passive", null, false)]
    [InlineData("publicKey", null, false)]
    [InlineData("name", null, false)]
    public void Secrets_are_known_by_their_names(string name, string? parent, bool secret) => Assert.Equal(secret, VeloCloudAssumptions.IsSecretSetting(name, parent, isMarked: false));

    [Fact]
    public void Secrets_are_withheld_and_put_back_where_they_belong()
    {
        var server = Json("""{"list":[{"name":"a","key":"A"},{"name":"b","key":"B"}],"one":{"password":"P","x":1.10},"keys":["k1","k2"],"empty":{"password":""},"flag":{"password":true}}""");
        var file = JsonSecrets.Withhold(server);
        Assert.DoesNotContain("\"A\"", file.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"P\"", file.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("1.10", file.GetRawText(), StringComparison.Ordinal);
        Assert.Null(JsonSecrets.PutBack(file, server, out var whole));
        Assert.True(JsonDifferences.AreEqual(server, whole));

        // The things changed places: their secrets go with them.
        var moved = Json("""{"list":[{"name":"b","key":"B2"},{"name":"c","key":"C"},{"name":"a","key":"A2"}],"one":{"password":"P2"}}""");
        Assert.Null(JsonSecrets.PutBack(file, moved, out whole));
        Assert.Equal("A2 B2 P2", $"{whole.GetProperty("list")[0].GetProperty("key")} {whole.GetProperty("list")[1].GetProperty("key")} {whole.GetProperty("one").GetProperty("password")}");
    }

    [Theory]
    [InlineData("""{"list":[{"name":"b","key":"B"}]}""")]
    [InlineData("""{"list":[{"name":"a"}]}""")]
    [InlineData("""{"list":[{"name":"x","key":"1"},{"name":"a","key":"2"},{"name":"a","key":"3"}]}""")]
    [InlineData("""{}""")]
    public void A_secret_that_is_not_certain_is_not_guessed(string server)
        => Assert.Equal("/list/0/key", JsonSecrets.PutBack(Json("""{"list":[{"name":"a","key":{"$withheld":true}}]}"""), Json(server), out _));

    [Fact]
    public void An_edit_leaves_everything_else_as_it_was_written()
    {
        var root = Json("""{"a": 1.50,"b":[ {"x":1e400} ,{"y":"\u00e9","l":[1,2]}],"a":7}""");
        var edited = JsonEdit.Replace(root, ["b", 1, "l"], "[9]");
        Assert.Equal("""{"a":1.50,"b":[{"x":1e400},{"y":"\u00e9","l":[9]}],"a":7}""", edited.GetRawText());
        Assert.Equal("""{"a": 1.50,"b":[ {"x":1e400} ,{"y":"\u00e9","l":[1,2]}],"a":7,"c":{}}""".Replace(" ", string.Empty, StringComparison.Ordinal), JsonEdit.Replace(root, ["c"], "{}").GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Branches", "Branches")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j")]
    [InlineData("..", "")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("東京 支店. ", "東京 支店")]
    [InlineData("😀x", "_x")]
    public void Names_become_names_of_files_everywhere(string name, string expected) => Assert.Equal(expected, ConfigurationFolder.SafeName(name));

    [Fact]
    public void Long_names_are_cut_between_letters()
    {
        var name = ConfigurationFolder.SafeName(string.Concat(Enumerable.Repeat("𠮷", 100)));
        Assert.Equal(60, name.Length);
        Assert.False(char.IsHighSurrogate(name[^1]));
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0 255.0.0.0 prefix")]
    [InlineData("192.0.2.7", "192.0.2.7 255.255.255.255 exact")]
    [InlineData("0.0.0.0/0", "0.0.0.0 0.0.0.0 prefix")]
    [InlineData("192.0.2.7/32", "192.0.2.7 255.255.255.255 prefix")]
    [InlineData("10.0.0.1/8", null)]
    [InlineData("10.0.0.0/33", null)]
    [InlineData("10.0", null)]
    [InlineData("1.2.3.4.5", null)]
    [InlineData("2001:db8::1", null)]
    [InlineData("any", null)]
    public void Addresses_are_read(string text, string? expected)
        => Assert.Equal(expected, FirewallMatch.ParseAddress(text) is var (ip, mask, type) ? $"{ip} {mask} {type}" : null);

    [Theory]
    [InlineData("""{"sip":"any"}""", "any")]
    [InlineData("""{"sip":"10.0.0.0","ssm":"255.0.0.0","s_rule_type":"prefix"}""", "10.0.0.0/8")]
    [InlineData("""{"sip":"10.0.0.0","ssm":"255.0.0.0"}""", "10.0.0.0/8")]
    [InlineData("""{"sip":"10.0.0.1","ssm":"255.255.255.255","s_rule_type":"exact"}""", "10.0.0.1")]
    [InlineData("""{"sip":"10.0.0.0","ssm":"255.0.255.0","s_rule_type":"wildcard"}""", "10.0.0.0 wildcard 255.0.255.0")]
    [InlineData("""{"sip":"any","sAddressGroup":"x"}""", "group:x")]
    public void Matches_are_said_in_words(string match, string expected) => Assert.Equal(expected, FirewallMatch.Address(Json(match), "s"));

    [Theory]
    [InlineData("""{"match":{"sip":"any","dip":"any","proto":-1,"appid":-1}}""", true)]
    [InlineData("""{"match":{"sip":"any","dip":"any","proto":-1,"appid":5}}""", false)]
    [InlineData("""{"match":{"sip":"any","dip":"any","proto":6}}""", false)]
    [InlineData("""{"match":{"sip":"any","dip":"any","dport_low":80}}""", false)]
    [InlineData("""{"match":{"smac":"00:11:22:33:44:55"}}""", false)]
    public void A_rule_that_takes_everything_is_known(string rule, bool everything) => Assert.Equal(everything, FirewallMatch.IsEverything(Json(rule)));

    [Fact]
    public void Group_data_are_read_in_both_shapes()
    {
        Assert.Equal(["10.0.0.0/8", "192.0.2.1"], ObjectGroupData.Addresses(Json("""[{"ip":"10.0.0.0","mask":8,"rule_type":"prefix"},{"ip":"192.0.2.1","mask":"255.255.255.255","rule_type":"exact"}]""")));
        Assert.Equal(["10.0.0.0/24"], ObjectGroupData.Addresses(Json("""{"entries":[{"ip":"10.0.0.0","mask":"255.255.255.0"}]}""")));
        Assert.Equal(["tcp/80", "udp/1-2", "132/5"], ObjectGroupData.Ports(Json("""[{"proto":6,"port_low":80,"port_high":80},{"proto":17,"port_low":1,"port_high":2},{"proto":132,"port_low":5}]""")));
    }

    [Fact]
    public void A_manifest_comes_back_as_it_was_written()
    {
        var manifest = new ConfigurationManifest("vco.example:8443", "5.2", 7, "log-7", "Ünï", [new ConfigurationManifest.Entry(true, 10, "log-10", 2_000_010, "edge \"1\"", [new ConfigurationManifest.Module("WAN", 3, "9", null, "edges/10 x/WAN.json", "00")])]);
        var again = ConfigurationManifest.Read(manifest.ToJson(), out var wrong);
        Assert.Null(wrong);
        Assert.Equal(manifest with { Entries = [] }, again! with { Entries = [] });
        Assert.Equal(manifest.Entries[0] with { Modules = [] }, again.Entries[0] with { Modules = [] });
        Assert.Equal(manifest.Entries[0].Modules[0], again.Entries[0].Modules[0]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format":"OrchestratorTools.VeloCloudConfiguration","formatVersion":1}""")]
    [InlineData("""{"format":"OrchestratorTools.VeloCloudConfiguration","formatVersion":1,"server":"x","enterprise":{"id":1},"configurations":[{"type":"gateway"}]}""")]
    public void What_is_no_manifest_is_said(string json)
    {
        Assert.Null(ConfigurationManifest.Read(Json(json), out var wrong));
        Assert.False(string.IsNullOrEmpty(wrong));
    }

    [Fact]
    public void Random_JSON_survives_the_way_to_a_file_and_back()
    {
        const int Seed = 20_240_917;
        var random = new Random(Seed);
        for (var i = 0; i < 200; i++)
        {
            var json = Json(Any(random, 0));
            var back = Json(Encoding.UTF8.GetString(StableJson.Write(json)));
            Assert.True(JsonDifferences.AreEqual(json, back), string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, number {i}: {json.GetRawText()}"));
            Assert.Equal(StableJson.Write(json), StableJson.Write(back));
        }
    }

    private static string Any(Random random, int depth) => random.Next(depth > 4 ? 5 : 7) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        3 => (random.NextDouble() * 1000).ToString("R", CultureInfo.InvariantCulture),
        4 => JsonSerializer.Serialize(new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => (char)random.Next(32, 0xD7FF))])),
        5 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth + 1))) + "]",
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(n => $"\"m{(char)('a' + random.Next(26))}{n}\":{Any(random, depth + 1)}")) + "}",
    };

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
