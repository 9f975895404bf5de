using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What the command <c>settings</c> changes. Never altered in place: a request keeps the settings that it began with.</summary>
internal sealed record VcdSettings
{
    /// <summary>A server of 10.6's kind. The order is not that of the numbers, and 5.5 comes late, as in the recorded list (facts/vcd.md, "Versions").</summary>
    public static IReadOnlyList<OfferedVersion> DefaultVersions { get; } =
        Array.ConvertAll(["37.0 [D]", "37.1 [D]", "37.2", "38.0", "38.1", "39.0", "39.1", "40.0.0-alpha", "36.0 [D]", "36.1 [D]", "36.2 [D]", "36.3 [D]", "5.5 [D]"], OfferedVersion.Parse);

    /// <summary>How long a session lives without a request (facts/vcd.md, "401/403": 30 minutes).</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a transfer lives without a byte (facts/vcd.md, "OVF upload": 60 minutes).</summary>
    public TimeSpan TransferTimeout { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>The versions on offer, in the order of the list.</summary>
    public IReadOnlyList<OfferedVersion> Versions { get; init; } = DefaultVersions;

    /// <summary>What hrefs begin with, without a slash at the end; null: the host that the client dialled.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>Whether POST /api/sessions is open.</summary>
    public bool LegacyLogin { get; init; } = true;

    /// <summary>A load balancer resets PUTs to transfer addresses that are larger than this; 0: there is none.</summary>
    public long MaximumChunk { get; init; }

    /// <summary>Whether downloads begin where a Range header says; else they begin at the first byte, whatever it says.</summary>
    public bool RangeDownloads { get; init; } = true;

    /// <summary>Whether the length of an archive that is made while it is sent is told beforehand. With it come ranges.</summary>
    public bool OvaContentLength { get; init; }

    /// <summary>How long enabling a download takes.</summary>
    public TimeSpan EnableDownloadTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a change's task stands in each of the states queued, preRunning and running.</summary>
    public TimeSpan TaskStep { get; init; } = Assumptions.TaskStep;

    /// <summary>How long switching a machine on or off takes, a snapshot, and whatever else a host does to one.</summary>
    public TimeSpan PowerTime { get; init; } = Assumptions.PowerTime;

    /// <summary>How long making the machines of a vApp or template takes.</summary>
    public TimeSpan CopyTime { get; init; } = Assumptions.CopyTime;

    /// <summary>How many tasks a user may have at work before further requests that start one are refused; 0: any number.</summary>
    public int MaximumOperations { get; init; }

    /// <summary>What becomes of an upload whose task somebody cancels.</summary>
    public CanceledUploads CanceledUploads { get; init; } = Assumptions.CanceledUploads;

    /// <summary>How long a cancelled task goes on before it ends.</summary>
    public TimeSpan CancelTime { get; init; }

    /// <summary>The newest released version.</summary>
    public ApiVersion Newest => Versions.Select(v => v.Version).Where(v => !v.IsAlpha).DefaultIfEmpty(Versions[0].Version).Max()!;

    /// <summary>These settings with the members of <paramref name="arguments"/> changed; null puts a member back to its default.</summary>
    /// <exception cref="ArgumentException">A member is unknown or of the wrong kind; the message says which.</exception>
    public VcdSettings With(JsonElement arguments)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return this;
        if (arguments.ValueKind != JsonValueKind.Object) throw new ArgumentException("settings takes an object.");
        var defaults = new VcdSettings();
        var changed = this;
        foreach (var member in arguments.EnumerateObject())
        {
            var value = member.Value;
            var reset = value.ValueKind == JsonValueKind.Null;
            try
            {
                changed = member.Name switch
                {
                    "sessionTimeoutSeconds" => changed with { SessionTimeout = reset ? defaults.SessionTimeout : Seconds(value) },
                    "transferTimeoutSeconds" => changed with { TransferTimeout = reset ? defaults.TransferTimeout : Seconds(value) },
                    "versions" => changed with { Versions = reset ? DefaultVersions : ReadVersions(value) },
                    "publicAddress" => changed with { PublicAddress = reset || value.GetString() is "" ? null : Address(value.GetString()!) },
                    "legacyLogin" => changed with { LegacyLogin = reset ? defaults.LegacyLogin : value.GetBoolean() },
                    "maximumChunk" => changed with { MaximumChunk = reset ? defaults.MaximumChunk : Math.Max(0, value.GetInt64()) },
                    "rangeDownloads" => changed with { RangeDownloads = reset ? defaults.RangeDownloads : value.GetBoolean() },
                    "ovaContentLength" => changed with { OvaContentLength = reset ? defaults.OvaContentLength : value.GetBoolean() },
                    "enableDownloadSeconds" => changed with { EnableDownloadTime = reset ? defaults.EnableDownloadTime : Seconds(value) },
                    "taskStepSeconds" => changed with { TaskStep = reset ? defaults.TaskStep : Seconds(value) },
                    "powerSeconds" => changed with { PowerTime = reset ? defaults.PowerTime : Seconds(value) },
                    "copySeconds" => changed with { CopyTime = reset ? defaults.CopyTime : Seconds(value) },
                    "maximumOperations" => changed with { MaximumOperations = reset ? defaults.MaximumOperations : Math.Max(0, value.GetInt32()) },
                    "canceledUploads" => changed with { CanceledUploads = reset ? defaults.CanceledUploads : Enum.TryParse<CanceledUploads>(value.GetString(), ignoreCase: true, out var fate) ? fate : throw new FormatException() },
                    "cancelSeconds" => changed with { CancelTime = reset ? defaults.CancelTime : Seconds(value) },
                    _ => throw new ArgumentException($"settings has no member '{member.Name}'. It has sessionTimeoutSeconds, transferTimeoutSeconds, versions, publicAddress, legacyLogin, maximumChunk, rangeDownloads, ovaContentLength, enableDownloadSeconds, taskStepSeconds, powerSeconds, copySeconds, maximumOperations, canceledUploads, cancelSeconds."),
                };
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException)
            {
                throw new ArgumentException($"settings.{member.Name} cannot be {value.GetRawText()}.", e);
            }
        }

        return changed;
    }

    /// <summary>The settings as the command answers them.</summary>
    public JsonObject ToJson() => new()
    {
        ["sessionTimeoutSeconds"] = SessionTimeout.TotalSeconds,
        ["transferTimeoutSeconds"] = TransferTimeout.TotalSeconds,
        ["versions"] = new JsonArray([.. Versions.Select(v => (JsonNode)v.ToString())]),
        ["publicAddress"] = PublicAddress,
        ["legacyLogin"] = LegacyLogin,
        ["maximumChunk"] = MaximumChunk,
        ["rangeDownloads"] = RangeDownloads,
        ["ovaContentLength"] = OvaContentLength,
        ["enableDownloadSeconds"] = EnableDownloadTime.TotalSeconds,
        ["taskStepSeconds"] = TaskStep.TotalSeconds,
        ["powerSeconds"] = PowerTime.TotalSeconds,
        ["copySeconds"] = CopyTime.TotalSeconds,
        ["maximumOperations"] = MaximumOperations,
        ["canceledUploads"] = CanceledUploads.ToString().ToLowerInvariant(),
        ["cancelSeconds"] = CancelTime.TotalSeconds,
    };

    private static TimeSpan Seconds(JsonElement value)
        => value.GetDouble() is > 0 and < 1e9 and var seconds ? TimeSpan.FromSeconds(seconds) : throw new FormatException();

    private static string Address(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? text.TrimEnd('/') : throw new FormatException();

    private static OfferedVersion[] ReadVersions(JsonElement value)
        => value.EnumerateArray().Select(v => OfferedVersion.Parse(v.GetString() ?? "")).ToArray() is { Length: > 0 } versions ? versions : throw new FormatException();
}
