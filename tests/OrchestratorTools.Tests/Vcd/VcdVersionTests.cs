using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

public sealed class VcdVersionTests
{
    [Theory]
    [InlineData("5.10", "5.6", 1)]
    [InlineData("37", "37.0", 0)]
    [InlineData("9.0", "27.0", -1)]
    [InlineData("38.0.1", "38.0", 1)]
    public void Versions_are_compared_by_their_numbers(string left, string right, int expected)
        => Assert.Equal(expected, Math.Sign(VcdApiVersion.Parse(left).CompareTo(VcdApiVersion.Parse(right))));

    [Theory]
    [InlineData("37.0.0-alpha-1600000000")]
    [InlineData("")]
    [InlineData("-1.0")]
    [InlineData("37.")]
    [InlineData("1.2.3.4.5")]
    public void What_is_no_version_of_whole_numbers_is_none(string text) => Assert.False(VcdApiVersion.TryParse(text, out _));

    // The order of a recorded answer of a 10.4 server: 5.5 stands after 37.0.
    [Theory]
    [InlineData("20.0-,27.0-,33.0,36.0,37.0,5.5-", "37.0", false)]
    [InlineData("5.10,5.6", "5.10", false)]
    [InlineData("36.0,37.0-", "36.0", false)]
    [InlineData("36.0-,37.0-,35.0-", "37.0", true)]
    [InlineData("39.1,40.0,41.0", "39.1", false)]
    [InlineData("39.1-,38.0,40.0", "38.0", false)]
    [InlineData("37.0,38.0.0-alpha-1", "37.0", false)]
    [InlineData("1.0,1.5", "1.5", false)]
    public async Task The_highest_common_version_that_is_not_deprecated_is_taken(string offered, string expected, bool warned)
    {
        var observer = new RecordingObserver();
        var fake = new VcdFake { Versions = VcdFake.VersionList([.. offered.Split(',').Select(v => (v.TrimEnd('-'), v.EndsWith('-'), (string?)null, (string?)null))]) };
        var session = await fake.ConnectAsync(observer: observer);
        Assert.Equal(expected, session.ApiVersion);
        Assert.Equal(warned, observer.Lines.Any(l => l.StartsWith("WARNING", StringComparison.Ordinal)));
    }

    [Fact]
    public void Alpha_versions_are_taken_only_when_they_are_named()
    {
        var versions = VcdSupportedVersions.Read(XElement.Parse("""
            <SupportedVersions xmlns="http://www.vmware.com/vcloud/versions">
              <AlphaVersion deprecated="false"><Version>39.1</Version></AlphaVersion>
              <VersionInfo deprecated="false"><Version>37.0</Version></VersionInfo>
              <VersionInfo deprecated="false"><Version>38.0.0-alpha-1700000000</Version></VersionInfo>
            </SupportedVersions>
            """));
        Assert.Equal("37.0", versions.Choose("cell", null).Text);
        Assert.Equal("38.0.0-alpha-1700000000", versions.Choose("cell", "38.0.0-alpha-1700000000").Text);
    }

    [Theory]
    [InlineData("36.0", "36.0")]
    [InlineData("36", "36.0")]
    [InlineData("40.0", "40.0")]
    [InlineData("33.0", "33.0")]
    public void A_version_can_be_forced(string forced, string expected)
        => Assert.Equal(expected, Offer().Choose("cell", forced).Text);

    [Theory]
    [InlineData("35.0")]
    [InlineData("newest")]
    public void A_forced_version_that_the_server_does_not_offer_is_an_error_that_lists_what_it_offers(string forced)
    {
        var e = Assert.Throws<OrchestratorApiException>(() => Offer().Choose("cell", forced));
        Assert.Equal("Vcd.Validation", e.ErrorId);
        Assert.Contains($"-ApiVersion '{forced}'", e.Message, StringComparison.Ordinal);
        Assert.Contains("33.0 (deprecated), 36.0, 37.0, 40.0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_common_version_is_an_error_that_names_both_sides()
    {
        var versions = VcdSupportedVersions.Read(XElement.Parse(VcdFake.VersionList(("40.0", false, null, null), ("1.0", false, null, null))));
        var e = Assert.Throws<OrchestratorApiException>(() => versions.Choose("cell", null));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains("1.0, 40.0", e.Message, StringComparison.Ordinal);
        Assert.Contains("1.5 to 39.1", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_recorded_answer_of_an_old_server_is_read()
    {
        var file = Path.Combine(Simulator.SharedFolder, "samples", "vcd", "ruby_vcloud_sdk", "supported_versions_response.xml");
        Skip.IfNot(File.Exists(file), "The recorded answers are not beside the repository.");
        var versions = VcdSupportedVersions.Read(XElement.Parse(File.ReadAllText(file).Replace("%s", "https://cell", StringComparison.Ordinal)));
        var chosen = versions.Choose("cell", null);
        Assert.Equal("5.1", chosen.Text);
        Assert.Equal("https://cell/api/sessions", chosen.LoginUrl!.AbsoluteUri);
    }

    private static VcdSupportedVersions Offer()
        => VcdSupportedVersions.Read(XElement.Parse(VcdFake.VersionList(("37.0", false, null, null), ("33.0", true, null, null), ("40.0", false, null, null), ("36.0", false, null, null))));
}
