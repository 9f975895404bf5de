using System.Globalization;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Checks a JSON Patch before it is sent: what is wrong with it is said by its number, and nothing is sent.</summary>
internal static class JsonPatchText
{
    // The definition's; RFC 6902 has copy and test besides, which the server's definition does not name.
    private static readonly string[] Operations = ["add", "replace", "remove", "move"];

    /// <summary>What is wrong with a patch; null where nothing is.</summary>
    public static string? WhatIsWrong(JsonElement patch)
    {
        if (patch.ValueKind is not JsonValueKind.Array || patch.GetArrayLength() == 0)
        {
            return "a list of changes is needed, for example @{ op = 'replace'; path = '/ntp/enabled'; value = $true }.";
        }

        var number = 0;
        foreach (var change in patch.EnumerateArray())
        {
            number++;
            if (Wrong(change) is { } wrong)
            {
                return string.Create(CultureInfo.InvariantCulture, $"change {number}: {wrong}");
            }
        }

        return null;
    }

    private static string? Wrong(JsonElement change)
    {
        if (change.ValueKind is not JsonValueKind.Object)
        {
            return "it is no object with op and path.";
        }

        var op = Text(change, "op");
        if (op is null || !Operations.Contains(op, StringComparer.Ordinal))
        {
            return $"op '{op}' is none of {string.Join(", ", Operations)}.";
        }

        if (!IsPointer(Text(change, "path")))
        {
            return $"path '{Text(change, "path")}' does not begin with a slash and name a member (/lan/networks/0/name).";
        }

        if (op is "move" && !IsPointer(Text(change, "from")))
        {
            return "a move needs from, the path of what is moved.";
        }

        return op is "add" or "replace" && !change.TryGetProperty("value", out _) ? $"{op} needs a value." : null;
    }

    private static bool IsPointer(string? path) => path is { Length: > 1 } && path[0] == '/';

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : null;
}
