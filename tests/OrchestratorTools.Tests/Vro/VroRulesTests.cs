using System.Net;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Tests.Vro;

/// <summary>Error bodies, filters, the check before a failover: what needs no server.</summary>
public sealed class VroRulesTests
{
    private static readonly VroPlanRuntime Quiet = new() { IsRunning = false, IsStable = true };

    [Theory]
    [InlineData("""{"error":"invalid_grant","error_description":"wrong"}""", "wrong")]
    [InlineData("""{"message":"small"}""", "small")]
    [InlineData("""{"Message":"large"}""", "large")]
    [InlineData("""{"title":"T","detail":"D"}""", "D")]
    [InlineData("""{"title":"T"}""", "T")]
    [InlineData("""{"error":{"message":"nested"}}""", "nested")]
    [InlineData("""{"error":"only_a_code"}""", "only_a_code")]
    [InlineData("\"a text\"", "a text")]
    [InlineData("just words", "just words")]
    [InlineData("""{"message":"cut""", """{"message":"cut""")]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("[1,2]", "[1,2]")]
    public void Every_shape_of_error_is_read(string body, string? words) => Assert.Equal(words, VroErrors.Read(HttpStatusCode.BadRequest, body).Message);

    [Fact]
    public void A_thousand_levels_and_a_megabyte_are_survived_and_cut()
    {
        Assert.True(VroErrors.Read(HttpStatusCode.InternalServerError, new string('[', 1000)).Message!.Length <= 1001);
        Assert.True(VroErrors.Read(HttpStatusCode.InternalServerError, new string('x', 1 << 20)).Message!.Length <= 1001);
    }

    [Theory]
    [InlineData(409, """{"message":"whatever"}""", OrchestratorErrorKind.WrongState)]
    [InlineData(409, "", OrchestratorErrorKind.WrongState)]
    [InlineData(400, """{"message":"Cannot run the plan: its state is Halted."}""", OrchestratorErrorKind.WrongState)]
    [InlineData(500, """{"message":"The operation is not allowed while the plan is running."}""", OrchestratorErrorKind.WrongState)]
    [InlineData(400, """{"message":"The property 'x' does not exist."}""", null)]
    [InlineData(500, """{"message":"Object reference not set."}""", null)]
    [InlineData(400, """{"error":"invalid_client"}""", OrchestratorErrorKind.Authentication)]
    [InlineData(400, "<Error xmlns='x'/>", OrchestratorErrorKind.Protocol)]
    public void A_wrong_state_is_recognised(int status, string body, OrchestratorErrorKind? kind) => Assert.Equal(kind, VroErrors.Read((HttpStatusCode)status, body).Kind);

    [Fact]
    public void A_filter_is_built_with_a_writer_whatever_the_name_holds()
    {
        const string Name = "O'Brien \"gold\" \\ 100% \n[*] 日本";
        var filter = JsonDocument.Parse(new VroPlanQuery { Names = [Name], Types = ["Replica", "Storage"] }.FilterText(withConditions: true)!).RootElement;

        Assert.Equal(2, filter.GetArrayLength());
        Assert.Equal(Name, filter[0].GetProperty("value").GetString());
        Assert.Equal("==", filter[0].GetProperty("operator").GetString());
        Assert.Equal("in", filter[1].GetProperty("operator").GetString());
        Assert.Equal("Replica Storage", string.Join(' ', filter[1].GetProperty("value").EnumerateArray().Select(v => v.GetString())));
    }

    [Fact]
    public void Names_and_patterns_together_are_an_or()
    {
        var filter = JsonDocument.Parse(new VroPlanQuery { Names = ["a"], NameParts = ["b"] }.FilterText(withConditions: true)!).RootElement;

        Assert.Equal("||", filter[0].GetProperty("operator").GetString());
        Assert.Equal("== like", string.Join(' ', filter[0].GetProperty("items").EnumerateArray().Select(i => i.GetProperty("operator").GetString())));
        Assert.Equal("%b%", filter[0].GetProperty("items")[1].GetProperty("value").GetString());
    }

    [Fact]
    public void Without_conditions_only_the_users_own_filter_is_left()
    {
        var own = JsonDocument.Parse("""{"property":"x","operator":"==","value":1}""").RootElement;
        Assert.Null(new VroPlanQuery { Names = ["a"] }.FilterText(withConditions: false));
        Assert.Equal("""[{"property":"x","operator":"==","value":1}]""", new VroPlanQuery { Names = ["a"], Filter = own }.FilterText(withConditions: false));
    }

    [Theory]
    [InlineData("dc1-\0web\0", "dc1-")]
    [InlineData("a_bcd%e", "bcd")]
    [InlineData("\0", "")]
    [InlineData(" x ", "x")]
    public void Only_what_every_dialect_reads_alike_is_asked(string literal, string part) => Assert.Equal(part, VroAssumptions.PlainPart(literal));

    [Theory]
    [InlineData("Replica", "Enabled", "Ready", false, 0)]
    [InlineData("CdpReplica", "Enabled", "Ready", false, 0)]
    [InlineData("Storage", "enabled", "ready", false, 0)]
    [InlineData("Restore", "Enabled", "Ready", true, 0)]
    [InlineData("Replica", "Disabled", "Ready", true, 0)]
    [InlineData("Replica", "InUse", "Ready", true, 0)]
    [InlineData("Replica", "Enabled", "FailoverComplete", true, 0)]
    [InlineData("Replica", "Enabled", "Halted", true, 0)]
    [InlineData("Replica", "Enabled", "Running", true, 0)]
    [InlineData("CloudReplica", "Enabled", "Ready", false, 1)]
    [InlineData("Replica", "Maintenance", "Ready", false, 1)]
    [InlineData("Replica", "Enabled", "FailbackComplete", false, 1)]
    [InlineData(null, null, null, false, 3)]
    public void Only_what_is_known_to_be_wrong_is_refused(string? type, string? mode, string? state, bool refused, int doubts)
    {
        var (wrong, doubtful) = VroPlanCheck.Examine(VroPlanActions.Failover, new VroPlan { Id = "1", Name = "p", Type = type, Mode = mode, State = state }, Quiet);

        Assert.Equal(refused, wrong is not null);
        if (!refused)
        {
            Assert.Equal(doubts, doubtful.Count);
        }
    }

    [Fact]
    public void What_runs_is_not_started_and_what_is_not_verified_is_said()
    {
        var plan = new VroPlan { Id = "1", Name = "p", Type = "Replica", Mode = "Enabled", State = "Ready", VerificationState = "NeedsVerified" };

        Assert.NotNull(VroPlanCheck.Examine(VroPlanActions.Failover, plan, new VroPlanRuntime { IsRunning = true, StateName = "Testing" }).Wrong);
        Assert.Contains("NeedsVerified", Assert.Single(VroPlanCheck.Examine(VroPlanActions.Failover, plan, Quiet).Doubts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, """{"executeChainedPlans":true,"restorePointDate":null,"protectStorageVolumes":false}""")]
    [InlineData("2026-03-04T05:06:07", """{"executeChainedPlans":true,"restorePointDate":"2026-03-04T05:06:07","protectStorageVolumes":false}""")]
    public void A_failover_is_sent_as_it_is_shown(string? point, string json)
    {
        foreach (var kind in Enum.GetValues<DateTimeKind>())
        {
            var date = point is null ? (DateTime?)null : DateTime.SpecifyKind(DateTime.Parse(point, System.Globalization.CultureInfo.InvariantCulture), kind);
            var failover = new VroFailover { RestorePointDate = date };
            Assert.Equal(json, failover.ToString());
            Assert.Equal(point, failover.RestorePointText);
        }
    }

    [Fact]
    public void A_plan_keeps_what_it_has_no_property_for_and_reads_both_names_of_a_result()
    {
        var plan = VroPlan.From(JsonDocument.Parse("""
            {"id":"1","name":"p","planType":"SomethingNew","currentCheckResult":"Undefined","lastCheckResult":"Warning","lastCheckTime":"2026-01-02T03:04:05","schedule":{"type":"OnTime"},"n":5}
            """).RootElement);

        Assert.Equal("SomethingNew", plan.Type);
        Assert.Equal("Warning", plan.CheckResult);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified), plan.LastCheckTime);
        Assert.Equal(DateTimeKind.Unspecified, plan.LastCheckTime!.Value.Kind);
        Assert.Equal(5L, plan.AdditionalProperties["n"]);
        Assert.Equal("OnTime", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(plan.AdditionalProperties["schedule"])["type"]);
    }

    [Theory]
    [InlineData("""{"mfa_token":"t"}""", "t")]
    [InlineData("""{"mfaToken":"t","mfaTokenExpiration":"x"}""", "t")]
    [InlineData("""{"mfa_token_expires_in":"300","token_mfa":"t"}""", "t")]
    [InlineData("""{"mfa":true}""", null)]
    public void An_mfa_token_is_found_under_any_likely_name(string answer, string? token) => Assert.Equal(token, VroAssumptions.FindMfaToken(JsonDocument.Parse(answer).RootElement));
}
