using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// A folder of exported configurations: <c>manifest.json</c>, and <c>profiles/&lt;id&gt; &lt;name&gt;/&lt;module&gt;.json</c>, <c>edges/…</c>. Written beside its place and moved there when it is complete, the
/// manifest last: what is half written is never taken for a whole.
/// </summary>
internal static class ConfigurationFolder
{
    private const int LongestName = 60;

    // What no system forbids and no shell takes for its own, beside letters and digits of any script.
    private const string Allowed = " ._-()[]+,@#";

    // No module comes near it; a file that does is not one of an export.
    private const long LargestFile = 64 * 1024 * 1024;

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>Where a module's file lies below the folder, with slashes. The id keeps two of one name apart, and stays when the name changes.</summary>
    public static string FileOf(bool isEdge, long id, string name, string module)
        => string.Create(CultureInfo.InvariantCulture, $"{(isEdge ? "edges" : "profiles")}/{id}{(SafeName(name) is { Length: > 0 } safe ? " " + safe : string.Empty)}/{(SafeName(module) is { Length: > 0 } file ? file : "module")}.json");

    /// <summary>A name as every system takes it for a file's.</summary>
    public static string SafeName(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (text.Length + rune.Utf16SequenceLength > LongestName)
            {
                break;
            }

            text.Append(Rune.IsLetterOrDigit(rune) || (rune.IsAscii && Allowed.Contains((char)rune.Value, StringComparison.Ordinal)) ? rune.ToString() : "_");
        }

        var safe = text.ToString().Trim(' ', '.');
        return Reserved.Contains(safe.Split('.')[0]) ? "_" + safe : safe;
    }

    /// <summary>The manifest's line of a module, and the bytes of its file: the module as the server sent it, in order, without its secrets.</summary>
    public static (ConfigurationManifest.Module Line, byte[] Bytes) Prepare(bool isEdge, long id, string name, VeloCloudConfigurationModule module)
    {
        var bytes = StableJson.Write(JsonSecrets.Withhold(module.Element()));
        return (new ConfigurationManifest.Module(module.Name, module.Id, module.Version, module.SchemaVersion, FileOf(isEdge, id, name, module.Name), Digest(bytes)), bytes);
    }

    /// <summary>Writes a file below a folder.</summary>
    public static async Task WriteAsync(string folder, string file, byte[] bytes, CancellationToken cancellationToken)
    {
        var path = PathOf(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True where a folder is one that an export may replace: it has a manifest of this kind.</summary>
    public static bool IsExport(string folder)
    {
        try
        {
            return ReadManifest(folder) is not null;
        }
        catch (OrchestratorApiException)
        {
            return false;
        }
    }

    /// <summary>Puts a complete folder in its place; what was there goes when the new one stands.</summary>
    public static void Place(string complete, string place)
    {
        if (!Directory.Exists(place))
        {
            Directory.Move(complete, place);
            return;
        }

        var old = place + ".old-" + Guid.NewGuid().ToString("N")[..8];
        Directory.Move(place, old);
        try
        {
            Directory.Move(complete, place);
        }
        catch
        {
            Directory.Move(old, place);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }

    /// <summary>Reads and checks the manifest.</summary>
    public static ConfigurationManifest ReadManifest(string folder)
    {
        var json = ReadJson(folder, ConfigurationManifest.FileName, out _);
        return ConfigurationManifest.Read(json, out var wrong) ?? throw Broken($"'{Path.Combine(folder, ConfigurationManifest.FileName)}': {wrong}.");
    }

    /// <summary>
    /// Reads and checks a module's file: it is there, it is JSON, it is the module of the manifest, and it has not changed since the export.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="entry">Whose module.</param>
    /// <param name="module">The module.</param>
    /// <param name="takesEdited">Takes a file that was changed since the export.</param>
    public static JsonElement ReadModule(string folder, ConfigurationManifest.Entry entry, ConfigurationManifest.Module module, bool takesEdited)
    {
        var json = ReadJson(folder, module.File, out var digest);
        if (json.ValueKind is not JsonValueKind.Object || VeloCloudJson.Text(json, "name") != module.Name || !json.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Object)
        {
            throw Broken($"'{PathOf(folder, module.File)}': it is not module {module.Name} of {entry}.");
        }

        if (VeloCloudJson.Whole(json, "id") != module.Id || (VeloCloudJson.Whole(json, "configurationId") is { } owner && owner != entry.ConfigurationId))
        {
            throw Broken($"'{PathOf(folder, module.File)}': its ids are not those of the manifest; it is the file of something else.");
        }

        if (!takesEdited && !string.Equals(digest, module.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw Broken($"'{PathOf(folder, module.File)}': it was changed since the export (SHA-256 {digest}, the manifest says {module.Sha256}).", "If it was changed on purpose, -Force takes it as it is.");
        }

        return json;
    }

    private static string Digest(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

    // A manifest comes from a file: its names must not lead out of the folder.
    private static string PathOf(string folder, string file)
    {
        var parts = file.Split('/');
        if (Path.IsPathRooted(file) || file.Contains('\\', StringComparison.Ordinal) || parts.Any(p => p is "" or "." or ".." || p.Contains(':', StringComparison.Ordinal)))
        {
            throw Broken($"'{Path.Combine(folder, ConfigurationManifest.FileName)}': the file name '{file}' leads out of the folder.");
        }

        return Path.Combine([folder, .. parts]);
    }

    private static JsonElement ReadJson(string folder, string file, out string digest)
    {
        var path = PathOf(folder, file);
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                throw Broken(Directory.Exists(folder) ? $"'{path}' is missing." : $"There is no folder '{folder}'.");
            }

            if (info.Length > LargestFile)
            {
                throw Broken($"'{path}' is larger than any module is.");
            }

            var bytes = File.ReadAllBytes(path);
            digest = Digest(bytes);
            return JsonEdit.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
        }
        catch (JsonException e)
        {
            throw Broken($"'{path}' is no JSON: {e.Message}", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Broken($"'{path}' cannot be read: {e.Message}", inner: e);
        }
    }

    private static OrchestratorApiException Broken(string message, string? action = null, Exception? inner = null)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.LocalFile, message + " Nothing was written.", inner) { RecommendedAction = action ?? "Take another export, or the same one from where it was copied." };
}
