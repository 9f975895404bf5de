using System.Xml.Linq;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The bodies of deploying, undeploying and taking snapshots against the vendor's schemas.</summary>
public sealed class VcdPowerBodyTests
{
    private static readonly string[] UndeployActions = [VcdOperations.ByPowerOff, VcdOperations.ByShutdown, VcdOperations.AsStartupSays, VcdOperations.BySuspend];

    public static TheoryData<string, string?> Texts => VcdBodyTests.Texts;

    [SkippableFact]
    public void Deployments_and_undeployments_are_valid_at_every_version()
    {
        VcdSchemas.Need();
        foreach (var flag in new[] { true, false })
        {
            AssertFits(VcdBodies.Deploy(flag, flag));
            AssertFits(VcdBodies.Deploy(flag, !flag));
        }

        foreach (var action in UndeployActions)
        {
            AssertFits(VcdBodies.Undeploy(action));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Texts))]
    public void Snapshots_are_valid_at_every_version(string name, string? description)
    {
        VcdSchemas.Need();
        foreach (var flag in new[] { true, false })
        {
            AssertFits(VcdBodies.Snapshot(name, description, flag, !flag));
            AssertFits(VcdBodies.Snapshot(null, null, flag, flag));
        }
    }

    [Fact]
    public void A_snapshot_says_both_flags_since_what_is_missing_means_true()
    {
        var body = VcdBodies.Snapshot(null, null, memory: false, quiesce: false);
        Assert.Equal(("false", "false", null), ((string?)body.Attribute("memory"), (string?)body.Attribute("quiesce"), (string?)body.Attribute("name")));
        body = VcdBodies.Snapshot("a & b", "c", memory: true, quiesce: true);
        Assert.Equal(("true", "true", "a & b", "c"), ((string?)body.Attribute("memory"), (string?)body.Attribute("quiesce"), (string?)body.Attribute("name"), body.Value));
    }

    [Fact]
    public void Every_way_to_stop_says_its_undeploy_action()
    {
        foreach (var action in UndeployActions[..3])
        {
            Assert.Equal(action, VcdOperations.Stop(action).Body!().Elements().Single(e => e.Name.LocalName == "UndeployPowerAction").Value);
        }

        Assert.Equal("suspend", VcdOperations.SuspendAndUndeploy.Body!().Value);
        Assert.Equal(("true", "true"), ((string?)VcdOperations.StartCustomized.Body!().Attribute("powerOn"), (string?)VcdOperations.StartCustomized.Body!().Attribute("forceCustomization")));
        Assert.Equal(("false", "false"), ((string?)VcdOperations.DeployOnly.Body!().Attribute("powerOn"), (string?)VcdOperations.DeployOnly.Body!().Attribute("forceCustomization")));
    }

    private static void AssertFits(XElement body)
    {
        Assert.Empty(VcdSchemas.Faults(body));
        foreach (var version in new[] { "5.5", "9.0", "30.0" })
        {
            Assert.Empty(VcdSchemas.Newer(body, VcdApiVersion.Parse(version)));
        }
    }
}
