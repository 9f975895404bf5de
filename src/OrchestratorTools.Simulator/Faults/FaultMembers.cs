using System.Text.Json;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>Which members a fault of each kind may have. A misspelt member is refused: a fault that quietly does something else makes a test pass for nothing.</summary>
internal static class FaultMembers
{
    private static readonly string[] Common = ["system", "kind", "method", "path", "skip", "count"];

    private static readonly Dictionary<FaultKind, string[]> Further = new()
    {
        [FaultKind.Latency] = ["milliseconds"],
        [FaultKind.Refuse] = [],
        [FaultKind.ResetRequest] = ["bytes"],
        [FaultKind.ResetResponse] = ["bytes"],
        [FaultKind.CloseResponse] = ["bytes"],
        [FaultKind.LostAnswer] = ["close"],
        [FaultKind.Status] = ["status", "body", "contentType", "headers"],
        [FaultKind.RateLimit] = ["retryAfter", "headers"],
        [FaultKind.Redirect] = ["location", "status"],
        [FaultKind.Slow] = ["bytesPerSecond"],
        [FaultKind.ReplaceBody] = ["body", "contentType"],
        [FaultKind.Truncate] = ["bytes"],
        [FaultKind.HugeBody] = ["bytes", "status", "contentType", "chunked"],
        [FaultKind.ExpireSessions] = ["refreshTokens"],
    };

    /// <summary>The kind of a name, or an <see cref="ArgumentException"/> that lists the kinds.</summary>
    public static FaultKind KindOf(string? name)
    {
        foreach (var kind in Further.Keys)
        {
            if (string.Equals(NameOf(kind), name, StringComparison.Ordinal))
                return kind;
        }

        throw new ArgumentException($"There is no fault of the kind '{name}'. There are: {string.Join(", ", Further.Keys.Select(NameOf))}.");
    }

    /// <summary>The name of a kind on the control address.</summary>
    public static string NameOf(FaultKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>Throws <see cref="ArgumentException"/> for a member that a fault of this kind does not have.</summary>
    public static void Check(FaultKind kind, JsonElement sent)
    {
        foreach (var member in sent.EnumerateObject())
        {
            if (!Common.Contains(member.Name, StringComparer.Ordinal) && !Further[kind].Contains(member.Name, StringComparer.Ordinal))
                throw new ArgumentException($"A fault of the kind '{NameOf(kind)}' has no member '{member.Name}'. It has: {string.Join(", ", Common.Concat(Further[kind]))}.");
        }

        if (kind == FaultKind.Redirect && sent.Text("location") is null)
            throw new ArgumentException("A redirect needs a location.");
    }
}
