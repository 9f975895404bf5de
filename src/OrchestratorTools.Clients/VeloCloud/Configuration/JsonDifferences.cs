using System.Globalization;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Compares JSON by its meaning: the order of members is nothing, the order of a list is something, numbers are compared as numbers and never rounded.</summary>
internal static class JsonDifferences
{
    private const string Hidden = "\"***\"";

    /// <summary>True when both mean the same.</summary>
    public static bool AreEqual(JsonElement a, JsonElement b) => !Walk(a, b, string.Empty, null, isSecret: false).Any();

    /// <summary>What leads from one to the other, in the order of the paths' members.</summary>
    public static IReadOnlyList<VeloCloudDifference> Between(JsonElement before, JsonElement after) => Walk(before, after, string.Empty, null, isSecret: false).ToArray();

    /// <summary>A name as a part of a JSON pointer.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>A member's value as it may be shown: without its secrets.</summary>
    public static string Shown(JsonElement value, string name, string? parent)
        => Show(value, name, VeloCloudAssumptions.IsSecretSetting(name, parent, isMarked: false));

    private static IEnumerable<VeloCloudDifference> Walk(JsonElement a, JsonElement b, string path, string? parent, bool isSecret)
    {
        if (a.ValueKind != b.ValueKind)
        {
            yield return new VeloCloudDifference(VeloCloudDifferenceKind.Changed, path, Show(a, parent, isSecret), Show(b, parent, isSecret));
            yield break;
        }

        switch (a.ValueKind)
        {
            case JsonValueKind.Object:
                var left = Members(a);
                var right = Members(b);
                var isMarked = JsonSecrets.IsMarked(a) || JsonSecrets.IsMarked(b);
                foreach (var name in left.Keys.Union(right.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
                {
                    var bare = name.Split('\0')[0];
                    var place = path + "/" + Escape(bare);
                    var secret = VeloCloudAssumptions.IsSecretSetting(bare, parent, isMarked);
                    if (!right.TryGetValue(name, out var wanted))
                    {
                        yield return new VeloCloudDifference(VeloCloudDifferenceKind.Removed, place, Show(left[name], bare, secret), null);
                    }
                    else if (!left.TryGetValue(name, out var present))
                    {
                        yield return new VeloCloudDifference(VeloCloudDifferenceKind.Added, place, null, Show(wanted, bare, secret));
                    }
                    else
                    {
                        foreach (var difference in Walk(present, wanted, place, bare, secret))
                        {
                            yield return difference;
                        }
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var difference in Items(a, b, path, parent, isSecret))
                {
                    yield return difference;
                }

                break;
            case JsonValueKind.String when !string.Equals(JsonText.Of(a), JsonText.Of(b), StringComparison.Ordinal):
            case JsonValueKind.Number when !JsonNumberText.AreEqual(a.GetRawText(), b.GetRawText()):
                yield return new VeloCloudDifference(VeloCloudDifferenceKind.Changed, path, Show(a, parent, isSecret), Show(b, parent, isSecret));
                break;
            default:
                break;
        }
    }

    // What is the same at both ends of a list is passed over, so that one rule put in at the top is one difference and not one a rule.
    private static IEnumerable<VeloCloudDifference> Items(JsonElement a, JsonElement b, string path, string? parent, bool isSecret)
    {
        var left = a.EnumerateArray().ToArray();
        var right = b.EnumerateArray().ToArray();
        var start = 0;
        while (start < left.Length && start < right.Length && AreEqual(left[start], right[start]))
        {
            start++;
        }

        var end = 0;
        while (end < left.Length - start && end < right.Length - start && AreEqual(left[^(end + 1)], right[^(end + 1)]))
        {
            end++;
        }

        for (var i = start; i < Math.Max(left.Length, right.Length) - end; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}/{i}");
            var hasLeft = i < left.Length - end;
            var hasRight = i < right.Length - end;
            if (hasLeft && hasRight)
            {
                foreach (var difference in Walk(left[i], right[i], place, parent, isSecret))
                {
                    yield return difference;
                }
            }
            else if (hasLeft)
            {
                yield return new VeloCloudDifference(VeloCloudDifferenceKind.Removed, place, Show(left[i], parent, isSecret), null);
            }
            else
            {
                yield return new VeloCloudDifference(VeloCloudDifferenceKind.Added, place, null, Show(right[i], parent, isSecret));
            }
        }
    }

    // Members by name; a second one of the same name (which JSON allows and no reader likes) by its name and number.
    private static Dictionary<string, JsonElement> Members(JsonElement json)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            var name = member.Name;
            for (var i = 2; !members.TryAdd(name, member.Value); i++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{member.Name}\0{i}");
            }
        }

        return members;
    }

    private static string Show(JsonElement value, string? parent, bool isSecret)
    {
        if (isSecret && JsonSecrets.HoldsSecret(value))
        {
            return Hidden;
        }

        return value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? Encoding.UTF8.GetString(JsonSecrets.Write(value, parent, static writer => writer.WriteStringValue("***")))
            : value.GetRawText();
    }
}
