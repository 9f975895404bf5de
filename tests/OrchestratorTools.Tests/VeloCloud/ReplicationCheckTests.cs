using System.Text.Json;
using OrchestratorTools.Clients.VeloCloud;
using static OrchestratorTools.Tests.VeloCloud.ReplicationStatusMaker;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Which roles and states allow what, without a server.</summary>
public sealed class ReplicationCheckTests
{
    [Theory]

    // Preparing.
    [InlineData("Prepare", "STANDALONE UNCONFIGURED", false, null)]
    [InlineData("Prepare", "ZOMBIE UNCONFIGURED", false, null)]
    [InlineData("Prepare", "STANDBY FAILURE_STANDBY_CANDIDATE", false, null)]
    [InlineData("Prepare", "STANDBY STANDBY_CANDIDATE", false, "prepared already*Enable-VeloCloudReplication")]
    [InlineData("Prepare", "STANDALONE STANDBY_CANDIDATE", false, "prepared already")]
    [InlineData("Prepare", "STANDBY PENDING_STANDBY_CANDIDATE", false, "being prepared*Wait-VeloCloudReplication -Goal Candidate")]
    [InlineData("Prepare", "ACTIVE STANDBY_RUNNING", false, "edges depend on it")]
    [InlineData("Prepare", "ACTIVE FAILURE_GET_STANDBY_STATUS", true, "edges depend on it")]
    [InlineData("Prepare", "STANDBY STANDBY_RUNNING", false, "a standby already*Disable-")]
    [InlineData("Prepare", "STANDALONE UPGRADING", false, "under way")]
    [InlineData("Prepare", "ZOMBIE PENDING_ACTIVE_DEMOTION", false, "under way")]

    // Pairing, asked of the future active.
    [InlineData("Pair", "STANDALONE UNCONFIGURED", false, null)]
    [InlineData("Pair", "STANDALONE FAILURE_ACTIVE_CONFIGURING", false, null)]
    [InlineData("Pair", "ACTIVE STANDBY_RUNNING", false, "has a standby already*Disable-")]
    [InlineData("Pair", "STANDBY STANDBY_CANDIDATE", false, "wrong way round")]
    [InlineData("Pair", "STANDALONE STANDBY_CANDIDATE", false, "wrong way round")]
    [InlineData("Pair", "ZOMBIE UNCONFIGURED", false, "serves nobody*Initialize-VeloCloudStandby")]
    [InlineData("Pair", "STANDALONE UPGRADING", false, "under way")]

    // Ending a pair.
    [InlineData("Unpair", "ACTIVE STANDBY_RUNNING", false, null)]
    [InlineData("Unpair", "STANDBY STANDBY_RUNNING", false, null)]
    [InlineData("Unpair", "ACTIVE FAILURE_COPYING_DB", false, null)]
    [InlineData("Unpair", "STANDBY STANDBY_CANDIDATE", false, null)]
    [InlineData("Unpair", "ZOMBIE UNCONFIGURED", false, null)]
    [InlineData("Unpair", "STANDALONE UNCONFIGURED", false, "belongs to no pair")]
    [InlineData("Unpair", "STANDBY PENDING_STANDBY_PROMOTION", false, "come to its end*-Goal Promoted")]
    [InlineData("Unpair", "ACTIVE PENDING_ACTIVE_DEMOTION", false, "come to its end*-Goal Demoted")]
    [InlineData("Unpair", "ACTIVE ACTIVE_UNCONFIG", false, "leaving its pair already")]

    // Promotion.
    [InlineData("Promote", "STANDBY FAILURE_MYSQL_STANDBY_STATUS", false, null)]
    [InlineData("Promote", "STANDBY FAILURE_GET_ACTIVE_STATUS", false, null)]
    [InlineData("Promote", "STANDBY FAILURE_STANDBY_PROMOTION", false, null)]
    [InlineData("Promote", "STANDBY STANDBY_RUNNING", true, null)]
    [InlineData("Promote", "STANDBY STANDBY_RUNNING", false, "must be forced*-Force")]
    [InlineData("Promote", "STANDBY COPYING_DB", false, "whole database*-Force")]
    [InlineData("Promote", "STANDBY FAILURE_COPYING_DB", false, "whole database*-Force")]
    [InlineData("Promote", "STANDBY FAILURE_COPYING_DB", true, null)]
    [InlineData("Promote", "STANDBY STANDBY_CANDIDATE", true, "belongs to no pair")]
    [InlineData("Promote", "STANDBY PENDING_STANDBY_PROMOTION", true, "being promoted*Wait-")]
    [InlineData("Promote", "STANDBY STANDBY_UNCONFIG", true, "not promoted in this state")]
    [InlineData("Promote", "STANDALONE UNCONFIGURED", true, "Only a standby is promoted")]
    [InlineData("Promote", "ACTIVE STANDBY_RUNNING", true, "it is the active*-Connection")]
    [InlineData("Promote", "ZOMBIE UNCONFIGURED", true, "was replaced")]

    // Demotion.
    [InlineData("Demote", "ACTIVE FAILURE_GET_STANDBY_STATUS", false, null)]
    [InlineData("Demote", "ACTIVE FAILURE_MYSQL_ACTIVE_STATUS", false, null)]
    [InlineData("Demote", "ACTIVE FAILURE_SYNCING_FILES", false, null)]
    [InlineData("Demote", "ACTIVE STANDBY_RUNNING", true, null)]
    [InlineData("Demote", "ACTIVE STANDBY_RUNNING", false, "must be forced*Invoke-VeloCloudFailover")]
    [InlineData("Demote", "ACTIVE COPYING_DB", false, "not demoted in this state")]
    [InlineData("Demote", "ACTIVE PENDING_ACTIVE_DEMOTION", true, "being demoted*Wait-")]
    [InlineData("Demote", "ZOMBIE UNCONFIGURED", true, "demoted already")]
    [InlineData("Demote", "STANDALONE UNCONFIGURED", true, "serves edges")]
    [InlineData("Demote", "STANDBY STANDBY_RUNNING", true, "only the active")]
    public void Roles_and_states_decide(string action, string status, bool force, string? refusal)
    {
        var found = VeloCloudReplicationCheck.Examine(Action(action), Status(status), null, force);
        if (refusal is null)
        {
            Assert.Null(found.Wrong);
            return;
        }

        var text = $"{found.Wrong} {found.WayOn}";
        var from = 0;
        foreach (var part in refusal.Split('*'))
        {
            from = text.IndexOf(part, from, StringComparison.Ordinal);
            Assert.True(from >= 0, $"'{part}' is not in: {text}");
        }

        Assert.Contains(status.Replace(" ", ", ", StringComparison.Ordinal), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STANDBY STANDBY_CANDIDATE", null)]
    [InlineData("STANDALONE STANDBY_CANDIDATE", null)]
    [InlineData("STANDALONE UNCONFIGURED", "Initialize-VeloCloudStandby -Wait")]
    [InlineData("ZOMBIE UNCONFIGURED", "Initialize-VeloCloudStandby -Wait")]
    [InlineData("STANDBY PENDING_STANDBY_CANDIDATE", "-Goal Candidate")]
    [InlineData("STANDBY STANDBY_RUNNING", "Get-VeloCloudReplication")]
    [InlineData("ACTIVE STANDBY_RUNNING", "Get-VeloCloudReplication")]
    public void Only_a_candidate_becomes_standby(string standby, string? wayOn)
    {
        var found = VeloCloudReplicationCheck.Examine(VeloCloudReplicationAction.Pair, Status("STANDALONE UNCONFIGURED"), Other(standby), false);
        Assert.Equal(wayOn is null, found.Wrong is null);
        Assert.Contains(wayOn ?? string.Empty, found.WayOn ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pair", "STANDALONE UNCONFIGURED")]
    [InlineData("Promote", "STANDBY FAILURE_MYSQL_STANDBY_STATUS")]
    [InlineData("Demote", "ACTIVE FAILURE_GET_STANDBY_STATUS")]
    public void One_Orchestrator_is_no_pair(string action, string status)
        => Assert.Contains("the same Orchestrator", VeloCloudReplicationCheck.Examine(Action(action), Status(status), Status(status), true).Wrong, StringComparison.Ordinal);

    [Fact]
    public void The_last_one_that_serves_is_not_demoted()
    {
        var active = Status("ACTIVE STANDBY_RUNNING");
        var found = VeloCloudReplicationCheck.Examine(VeloCloudReplicationAction.Demote, active, Other("STANDBY STANDBY_RUNNING"), force: true);
        Assert.Contains("not been promoted", found.Wrong, StringComparison.Ordinal);
        Assert.Contains("Invoke-VeloCloudFailover", found.WayOn, StringComparison.Ordinal);

        found = VeloCloudReplicationCheck.Examine(VeloCloudReplicationAction.Demote, active, Other("STANDALONE UNCONFIGURED"), force: true);
        Assert.Null(found.Wrong);
        Assert.Empty(found.Doubts);

        // Where nobody looked, that is said.
        found = VeloCloudReplicationCheck.Examine(VeloCloudReplicationAction.Demote, active, null, force: true);
        Assert.Contains("not known here", Assert.Single(found.Doubts), StringComparison.Ordinal);
    }

    [Fact]
    public void An_active_that_still_answers_is_a_doubt_and_a_wrong_one_a_refusal()
    {
        var standby = Other("STANDBY FAILURE_MYSQL_STANDBY_STATUS");
        var found = VeloCloudReplicationCheck.Examine(VeloCloudReplicationAction.Promote, standby, Status("ACTIVE FAILURE_GET_STANDBY_STATUS", standby: standby.Uuid), false);
        Assert.Contains("two Orchestrators serve", Assert.Single(found.Doubts), StringComparison.Ordinal);
        found = VeloCloudReplicationCheck.Examine(VeloCloudReplicationAction.Promote, standby, Status("ACTIVE STANDBY_RUNNING", standby: "id-of-another"), false);
        Assert.Contains("its standby is 198.51.100.11, not vco-b.example", found.Wrong, StringComparison.Ordinal);
        found = VeloCloudReplicationCheck.Examine(VeloCloudReplicationAction.Promote, standby, Status("STANDALONE UNCONFIGURED"), false);
        Assert.Contains("not the active of", found.Wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prepare", "LONELY UNCONFIGURED")]
    [InlineData("Prepare", "STANDALONE BRAND_NEW")]
    [InlineData("Pair", "STANDALONE BRAND_NEW")]
    [InlineData("Unpair", "ACTIVE BRAND_NEW")]
    [InlineData("Promote", "STANDBY BRAND_NEW")]
    [InlineData("Promote", "UNHEARD_OF STANDBY_SLEEPING")]
    [InlineData("Demote", "ACTIVE BRAND_NEW")]
    public void What_no_definition_has_is_a_doubt_and_no_refusal(string action, string status)
    {
        var found = VeloCloudReplicationCheck.Examine(Action(action), Status(status), null, false);
        Assert.Null(found.Wrong);
        Assert.Contains(found.Doubts, d => d.Contains("does not know what that allows", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_state_of_the_definition_is_known()
    {
        // The facts count 48; the ones that their list spells with (_DONE) are two.
        Assert.Equal(48, VeloCloudReplicationStates.Known.Count);
        foreach (var action in new[] { "Prepare", "Pair", "Unpair", "Promote", "Demote" })
        {
            foreach (var role in new[] { "STANDALONE", "ACTIVE", "STANDBY", "ZOMBIE" })
            {
                foreach (var state in VeloCloudReplicationStates.Known)
                {
                    var found = VeloCloudReplicationCheck.Examine(Action(action), Status($"{role} {state}"), null, false);
                    Assert.DoesNotContain(found.Doubts, d => d.Contains("does not know", StringComparison.Ordinal));
                    Assert.True(found.Wrong is null || found.WayOn is { Length: > 0 }, $"{action} {role} {state}: no way on");
                }
            }
        }
    }

    [Fact]
    public void A_status_is_read_with_its_oddities()
    {
        using var document = JsonDocument.Parse("""
            {"role":"ACTIVE","roleTimestamp":"2026-01-02 03:04:05","drState":"STANDBY_RUNNING","stateTimestamp":"0000-00-00 00:00:00","activeAddress":"","standbyList":[{"standbyAddress":"b","standbyUuid":"u"},null],
             "drVCOUser":null,"failureDescription":"","lastDrProtectedTime":"2026-01-02T03:04:05.000Z","stateHistory":[{"from":"A","to":"B","timestamp":"2026-01-02T03:04:05Z"}],"storageInfo":[1],"drVCOPassword":"secret"}
            """);
        var status = new VeloCloudReplicationStatus(document.RootElement);
        status.Keep(System.Text.Encoding.UTF8.GetBytes(document.RootElement.GetRawText()));
        Assert.Null(status.StateChanged);
        Assert.Null(status.ActiveAddress);
        Assert.Null(status.FailureDescription);
        Assert.Equal("b", Assert.Single(status.Standby).Address);
        Assert.Equal("A -> B", Assert.Single(status.StateHistory).ToString());
        Assert.NotNull(status.StateHistory[0].Time);
        Assert.Equal(["storageInfo"], status.AdditionalProperties.Keys, StringComparer.Ordinal);
    }

    private static VeloCloudReplicationAction Action(string name) => name switch
    {
        "Prepare" => VeloCloudReplicationAction.Prepare,
        "Pair" => VeloCloudReplicationAction.Pair,
        "Unpair" => VeloCloudReplicationAction.Unpair,
        "Promote" => VeloCloudReplicationAction.Promote,
        _ => VeloCloudReplicationAction.Demote,
    };
}
