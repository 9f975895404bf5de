using System.Text.Json;
using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>How events, alerts and firewall logs are invented: how often, how many with the same time, how far back.</summary>
internal sealed record EventRules
{
    /// <summary>The most with the same time: two pages' worth, and a rest.</summary>
    public const int LongestBurst = 4500;

    /// <summary>Seconds from one instant with events to the next.</summary>
    public int IntervalSeconds { get; init; } = 600;

    /// <summary>Events with the same time.</summary>
    public int Burst { get; init; } = 3;

    /// <summary>How far back events, alerts and logs reach.</summary>
    public int Days { get; init; } = 14;

    public int AlertIntervalSeconds { get; init; } = 1800;

    public int AlertBurst { get; init; } = 1;

    public int LogIntervalSeconds { get; init; } = 60;

    public int LogBurst { get; init; } = 2;

    /// <summary>Whether invented ones go on as the clock runs; otherwise they end where the server was started.</summary>
    public bool Live { get; init; } = true;

    /// <summary>The rules with those changed that the command names. Throws <see cref="ArgumentException"/> for what it does not know.</summary>
    public EventRules With(JsonElement arguments)
    {
        var changed = this;
        foreach (var member in arguments.EnumerateObject())
        {
            changed = member.Name switch
            {
                "intervalSeconds" => changed with { IntervalSeconds = Number(86_400) },
                "burst" => changed with { Burst = Number(LongestBurst) },
                "days" => changed with { Days = Number(365) },
                "alertIntervalSeconds" => changed with { AlertIntervalSeconds = Number(86_400) },
                "alertBurst" => changed with { AlertBurst = Number(LongestBurst) },
                "logIntervalSeconds" => changed with { LogIntervalSeconds = Number(86_400) },
                "logBurst" => changed with { LogBurst = Number(LongestBurst) },
                "live" => changed with { Live = arguments.Flag(member.Name) },
                _ => throw new ArgumentException(
                    $"There is no rule '{member.Name}'. There are: intervalSeconds, burst, days, alertIntervalSeconds, alertBurst, logIntervalSeconds, logBurst, live."),
            };

            int Number(int most) => (int)arguments.Number(member.Name, 0, 1, most);
        }

        return changed;
    }

    public JsonObject Describe()
        => new()
        {
            ["intervalSeconds"] = IntervalSeconds,
            ["burst"] = Burst,
            ["days"] = Days,
            ["alertIntervalSeconds"] = AlertIntervalSeconds,
            ["alertBurst"] = AlertBurst,
            ["logIntervalSeconds"] = LogIntervalSeconds,
            ["logBurst"] = LogBurst,
            ["live"] = Live,
        };
}
