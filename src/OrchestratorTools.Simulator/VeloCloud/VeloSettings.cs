using System.Text.Json;
using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What of the server can be changed while it runs.</summary>
internal sealed record VeloSettings
{
    /// <summary>The life of a session [spec: 24 h by default].</summary>
    public long SessionSeconds { get; init; } = 86_400;

    /// <summary>The first rate limiter, for each user; 0 is none.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>The second: requests under way at the same time, for each user; 0 is none.</summary>
    public int Concurrent { get; init; }

    /// <summary>The most edges on one page.</summary>
    public int PageLimit { get; init; } = 2048;

    /// <summary>Whether the server is the standby of a pair.</summary>
    public bool Standby { get; init; }

    /// <summary>Simulated seconds that an asynchronous operation of APIv2 takes.</summary>
    public int AsyncSeconds { get; init; } = 1;

    /// <summary>Whether asynchronous operations of APIv2 end in an error.</summary>
    public bool FailAsync { get; init; }

    /// <summary>Whether this is a release 4.x: APIv2 is at <c>/sdwan/</c>, and nowhere else.</summary>
    public bool Release4 { get; init; }

    /// <summary>The settings with those changed that the command names. Throws <see cref="ArgumentException"/> for what it does not know.</summary>
    public VeloSettings With(JsonElement arguments)
    {
        var changed = this;
        foreach (var member in arguments.EnumerateObject())
        {
            changed = member.Name switch
            {
                "sessionSeconds" => changed with { SessionSeconds = arguments.Number(member.Name, SessionSeconds, 0, int.MaxValue) },
                "requestsPerSecond" => changed with { RequestsPerSecond = (int)arguments.Number(member.Name, RequestsPerSecond, 0, int.MaxValue) },
                "concurrent" => changed with { Concurrent = (int)arguments.Number(member.Name, Concurrent, 0, int.MaxValue) },
                "pageLimit" => changed with { PageLimit = (int)arguments.Number(member.Name, PageLimit, 1, 20_000) },
                "standby" => changed with { Standby = arguments.Flag(member.Name) },
                "asyncSeconds" => changed with { AsyncSeconds = (int)arguments.Number(member.Name, AsyncSeconds, 0, 86_400) },
                "failAsync" => changed with { FailAsync = arguments.Flag(member.Name) },
                "release4" => changed with { Release4 = arguments.Flag(member.Name) },
                _ => throw new ArgumentException($"There is no setting '{member.Name}'. There are: sessionSeconds, requestsPerSecond, concurrent, pageLimit, standby, asyncSeconds, failAsync, release4."),
            };
        }

        return changed;
    }

    public JsonObject Describe()
        => new()
        {
            ["sessionSeconds"] = SessionSeconds,
            ["requestsPerSecond"] = RequestsPerSecond,
            ["concurrent"] = Concurrent,
            ["pageLimit"] = PageLimit,
            ["standby"] = Standby,
            ["asyncSeconds"] = AsyncSeconds,
            ["failAsync"] = FailAsync,
            ["release4"] = Release4,
        };
}
