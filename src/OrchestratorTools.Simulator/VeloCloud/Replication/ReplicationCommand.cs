using System.Text.Json;
using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The command <c>replication</c> of the control address: provokes what goes wrong between two Orchestrators, and shows how one stands.</summary>
internal static class ReplicationCommand
{
    private static readonly string[] Known = ["fail", "failAt", "description", "down", "heal", "stepSeconds", "restartSeconds"];

    public static JsonNode Run(JsonElement arguments, ReplicationPair pair, ReplicationBox box)
    {
        foreach (var member in arguments.EnumerateObject())
        {
            if (!Known.Contains(member.Name, StringComparer.Ordinal))
                throw new ArgumentException($"There is no argument '{member.Name}'. There are: {string.Join(", ", Known)}.");
        }

        var (fail, failAt) = (arguments.Text("fail"), arguments.Text("failAt"));
        if (fail is not null && !ReplicationStates.Failures.Contains(fail, StringComparer.Ordinal))
            throw new ArgumentException($"There is no failure '{fail}'. There are: {string.Join(", ", ReplicationStates.Failures)}.");

        if (failAt is not null && !ReplicationStates.Breakable.Contains(failAt, StringComparer.Ordinal))
            throw new ArgumentException($"Nothing fails at '{failAt}'. There are: {string.Join(", ", ReplicationStates.Breakable)}.");

        if (arguments.TryGetProperty("stepSeconds", out _))
            pair.StepSeconds = Seconds(arguments, "stepSeconds");

        if (arguments.TryGetProperty("restartSeconds", out _))
            pair.RestartSeconds = Seconds(arguments, "restartSeconds");

        pair.Do(box, (b, now) =>
        {
            if (failAt is not null)
                b.FailAt = failAt;

            if (arguments.TryGetProperty("down", out _))
                b.IsDown = arguments.Flag("down");

            if (fail is not null)
                b.Fail(fail, arguments.Text("description") ?? "Provoked", now);
            else if (arguments.Flag("heal") && b is { HasFailed: true, Peer: not null })
                b.Enter(ReplicationStates.Running, now);

            return null;
        });
        return pair.Read(box, b => new JsonObject
        {
            ["role"] = b.Role.ToString().ToUpperInvariant(),
            ["drState"] = b.State,
            ["down"] = b.IsDown,
            ["away"] = b.IsAway,
            ["uuid"] = b.Uuid,
            ["ip"] = b.Ip,
            ["address"] = b.Address,
            ["stepSeconds"] = pair.StepSeconds,
            ["restartSeconds"] = pair.RestartSeconds,
        });
    }

    private static double Seconds(JsonElement arguments, string name)
        => arguments.Double(name) is var seconds and >= 0 and <= 86_400 ? seconds : throw new ArgumentException($"'{name}' must be a number from 0 to 86400.");
}
