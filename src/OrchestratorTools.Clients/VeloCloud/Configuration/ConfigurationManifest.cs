using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What an exported folder holds, and of what: <c>manifest.json</c>. It names no time, so that two exports of one state are the same bytes.</summary>
/// <param name="Server">The server's address: host, and port where it is not 443.</param>
/// <param name="ServerVersion">The Orchestrator's version; null where it does not tell it.</param>
/// <param name="EnterpriseId">The enterprise.</param>
/// <param name="EnterpriseLogicalId">The enterprise's logical id.</param>
/// <param name="EnterpriseName">The enterprise's name.</param>
/// <param name="Entries">The configurations: profiles by id, then edges by id.</param>
internal sealed record ConfigurationManifest(
    string Server, string? ServerVersion, long EnterpriseId, string? EnterpriseLogicalId, string EnterpriseName, IReadOnlyList<ConfigurationManifest.Entry> Entries)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The version of the folder's layout.</summary>
    public const int FormatVersion = 1;

    private const string Format = "OrchestratorTools.VeloCloudConfiguration";

    /// <summary>The manifest as JSON.</summary>
    public JsonElement ToJson() => JsonEdit.Parse(JsonEdit.Object(writer =>
    {
        writer.WriteString("format", Format);
        writer.WriteNumber("formatVersion", FormatVersion);
        writer.WriteString("server", Server);
        writer.WriteString("serverVersion", ServerVersion);
        writer.WriteStartObject("enterprise");
        writer.WriteNumber("id", EnterpriseId);
        writer.WriteString("logicalId", EnterpriseLogicalId);
        writer.WriteString("name", EnterpriseName);
        writer.WriteEndObject();
        writer.WriteStartArray("configurations");
        foreach (var entry in Entries)
        {
            writer.WriteStartObject();
            writer.WriteString("type", entry.IsEdge ? "edge" : "profile");
            writer.WriteNumber("id", entry.Id);
            writer.WriteString("logicalId", entry.LogicalId);
            writer.WriteNumber("configurationId", entry.ConfigurationId);
            writer.WriteString("name", entry.Name);
            writer.WriteStartArray("modules");
            foreach (var module in entry.Modules)
            {
                writer.WriteStartObject();
                writer.WriteString("name", module.Name);
                writer.WriteNumber("id", module.Id);
                writer.WriteString("version", module.Version);
                writer.WriteString("schemaVersion", module.SchemaVersion);
                writer.WriteString("file", module.File);
                writer.WriteString("sha256", module.Sha256);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }));

    /// <summary>Reads a manifest. Null, and what is wrong with it, where it is none.</summary>
    public static ConfigurationManifest? Read(JsonElement json, out string? wrong)
    {
        wrong = null;
        if (json.ValueKind is not JsonValueKind.Object || VeloCloudJson.Text(json, "format") is not Format)
        {
            wrong = $"it is not the manifest of an exported configuration (format '{Format}')";
            return null;
        }

        if (VeloCloudJson.Whole(json, "formatVersion") is not FormatVersion)
        {
            wrong = $"its format version is {VeloCloudJson.Text(json, "formatVersion") ?? "missing"}; this module reads version {FormatVersion}";
            return null;
        }

        if (VeloCloudJson.Text(json, "server") is not { Length: > 0 } server
            || !json.TryGetProperty("enterprise", out var enterprise) || enterprise.ValueKind is not JsonValueKind.Object || VeloCloudJson.Whole(enterprise, "id") is not { } enterpriseId
            || !json.TryGetProperty("configurations", out var list) || list.ValueKind is not JsonValueKind.Array)
        {
            wrong = "it lacks the server, the enterprise or the configurations";
            return null;
        }

        var entries = new List<Entry>();
        foreach (var item in list.EnumerateArray())
        {
            if (ReadEntry(item) is not { } entry)
            {
                wrong = $"its configuration number {entries.Count + 1} is incomplete";
                return null;
            }

            entries.Add(entry);
        }

        return new ConfigurationManifest(server, VeloCloudJson.Text(json, "serverVersion"), enterpriseId, VeloCloudJson.Text(enterprise, "logicalId"), VeloCloudJson.Text(enterprise, "name") ?? string.Empty, entries);
    }

    private static Entry? ReadEntry(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object || VeloCloudJson.Text(json, "type") is not ("edge" or "profile") || VeloCloudJson.Whole(json, "id") is not { } id
            || VeloCloudJson.Whole(json, "configurationId") is not { } configurationId || !json.TryGetProperty("modules", out var list) || list.ValueKind is not JsonValueKind.Array)
        {
            return null;
        }

        var modules = new List<Module>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.Object || VeloCloudJson.Text(item, "name") is not { Length: > 0 } name || VeloCloudJson.Whole(item, "id") is not { } moduleId
                || VeloCloudJson.Text(item, "file") is not { Length: > 0 } file || VeloCloudJson.Text(item, "sha256") is not { Length: > 0 } hash)
            {
                return null;
            }

            modules.Add(new Module(name, moduleId, VeloCloudJson.Text(item, "version"), VeloCloudJson.Text(item, "schemaVersion"), file, hash));
        }

        return new Entry(VeloCloudJson.Text(json, "type") is "edge", id, VeloCloudJson.Text(json, "logicalId"), configurationId, VeloCloudJson.Text(json, "name") ?? string.Empty, modules);
    }

    /// <summary>A profile or an edge.</summary>
    /// <param name="IsEdge">Whether it is an edge.</param>
    /// <param name="Id">The profile's or edge's id.</param>
    /// <param name="LogicalId">Its logical id.</param>
    /// <param name="ConfigurationId">The configuration that its modules belong to; a profile's is itself.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Modules">Its modules, by name.</param>
    internal sealed record Entry(bool IsEdge, long Id, string? LogicalId, long ConfigurationId, string Name, IReadOnlyList<Module> Modules)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{(IsEdge ? "edge" : "profile")} '{Name}'";
    }

    /// <summary>A module.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Id">Its id.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="SchemaVersion">The version of its shape.</param>
    /// <param name="File">Its file, below the folder, with slashes.</param>
    /// <param name="Sha256">The digest of the file's bytes.</param>
    internal sealed record Module(string Name, long Id, string? Version, string? SchemaVersion, string File, string Sha256);
}
