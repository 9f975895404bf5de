using System.Globalization;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Profiles, and the modules of profiles and edges.</summary>
public sealed partial class VeloCloudClient
{
    private const string ModuleHint = "Get-VeloCloudConfigurationModule shows what the module holds now.";

    /// <summary>The profiles of an enterprise (enterprise/getEnterpriseConfigurations), which insists on the id: a customer's own is asked for where it is not known.</summary>
    internal async IAsyncEnumerable<VeloCloudProfile> GetProfilesAsync(long? enterpriseId, string? enterpriseName, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = enterpriseId ?? await OwnEnterpriseIdAsync(cancellationToken).ConfigureAwait(false);
        var list = ReadListAsync(
            "enterprise/getEnterpriseConfigurations",
            writer =>
            {
                writer.WriteNumber("enterpriseId", id);
                WriteWith(writer, ["edgeCount"]);
            },
            e => new VeloCloudProfile(e) { EnterpriseId = id, EnterpriseName = enterpriseName },
            cancellationToken);
        await foreach (var profile in list.ConfigureAwait(false))
        {
            yield return profile;
        }
    }

    /// <summary>One profile, with how many edges have it; null where the server knows none of that id.</summary>
    internal async Task<VeloCloudProfile?> GetProfileAsync(long id, long? enterpriseId, string? enterpriseName, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOneAsync(
                "configuration/getConfiguration",
                writer =>
                {
                    writer.WriteNumber("id", id);
                    WriteEnterprise(writer, enterpriseId);
                    WriteWith(writer, ["edgeCount"]);
                },
                e => new VeloCloudProfile(e) { EnterpriseId = enterpriseId ?? session.OwnEnterprise?.Id, EnterpriseName = enterpriseName },
                cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (IsNotFound(e))
        {
            observer.Verbose(e.Message);
            return null;
        }
    }

    /// <summary>Copies a profile with all its modules; returns the copy's id.</summary>
    internal async Task<long> CopyProfileAsync(long id, long? enterpriseId, string name, string? description, CancellationToken cancellationToken)
    {
        var result = await ChangeAsync(
            "configuration/cloneConfiguration",
            writer =>
            {
                writer.WriteNumber("configurationId", id);
                WriteEnterprise(writer, enterpriseId);
                writer.WriteString("name", name);
                if (description is not null)
                {
                    writer.WriteString("description", description);
                }
            },
            "Get-VeloCloudProfile shows whether the copy is there.",
            cancellationToken).ConfigureAwait(false);
        return result.Id ?? throw session.Error(OrchestratorErrorKind.Protocol, "configuration/cloneConfiguration: the answer has no id.");
    }

    /// <summary>Deletes a profile.</summary>
    internal async Task RemoveProfileAsync(VeloCloudProfile profile, long? enterpriseId, CancellationToken cancellationToken)
    {
        var result = await ChangeAsync(
            "configuration/deleteConfiguration",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                writer.WriteNumber("id", profile.Id);
            },
            "Get-VeloCloudProfile shows whether the profile is still there.",
            cancellationToken).ConfigureAwait(false);
        RequireRow(result, "configuration/deleteConfiguration", $"profile '{profile.Name}' was not deleted");
    }

    /// <summary>
    /// What holds for an edge: its own configuration first, its profile second (facts/velocloud.md, "Quirks"). The answer has hundreds of kilobytes.
    /// </summary>
    internal async Task<ConfigurationStack> GetConfigurationStackAsync(long edgeId, string edgeName, long? enterpriseId, string? enterpriseName, CancellationToken cancellationToken)
    {
        const string Method = "edge/getEdgeConfigurationStack";
        var answer = await CallAsync(
            Method,
            writer =>
            {
                writer.WriteNumber("edgeId", edgeId);
                WriteEnterprise(writer, enterpriseId);
            },
            cancellationToken).ConfigureAwait(false);
        if (answer is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0 || list.EnumerateArray().Any(c => c.ValueKind is not JsonValueKind.Object))
        {
            throw session.Error(OrchestratorErrorKind.Protocol, $"{Method}: the answer is not the list of configurations that an edge has.");
        }

        var own = ConfigurationOf(list[0], enterpriseId, enterpriseName);
        var profile = list.GetArrayLength() > 1 ? ConfigurationOf(list[1], enterpriseId, enterpriseName) : null;
        return new ConfigurationStack(
            own,
            ModulesOf(list[0], new ConfigurationTarget(enterpriseId, enterpriseName, own.Id, edgeId, null, edgeName)),
            profile,
            profile is null ? [] : ModulesOf(list[1], new ConfigurationTarget(enterpriseId, enterpriseName, profile.Id, null, profile.LogicalId, profile.Name)));
    }

    /// <summary>The same target with the id of its configuration: an edge's is asked for.</summary>
    internal async Task<ConfigurationTarget> LocateAsync(ConfigurationTarget target, CancellationToken cancellationToken)
        => target.ConfigurationId is not null
            ? target
            : target with { ConfigurationId = (await GetConfigurationStackAsync(target.EdgeId!.Value, target.Name, target.EnterpriseId, target.EnterpriseName, cancellationToken).ConfigureAwait(false)).Own.Id };

    /// <summary>Modules of a configuration: all, or those of these names.</summary>
    internal async Task<IReadOnlyList<VeloCloudConfigurationModule>> GetModulesAsync(ConfigurationTarget target, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        if (target.ConfigurationId is null)
        {
            var stack = await GetConfigurationStackAsync(target.EdgeId!.Value, target.Name, target.EnterpriseId, target.EnterpriseName, cancellationToken).ConfigureAwait(false);
            return names.Count == 0 ? stack.OwnModules : [.. stack.OwnModules.Where(m => names.Contains(m.Name, StringComparer.Ordinal))];
        }

        var page = await ReadPageAsync(
            "configuration/getConfigurationModules",
            writer =>
            {
                writer.WriteNumber("configurationId", target.ConfigurationId.Value);
                WriteEnterprise(writer, target.EnterpriseId);
                WriteTexts(writer, "modules", names);
            },
            e => ModuleOf(e, target),
            cancellationToken).ConfigureAwait(false);

        // A server that passes over the filter sends what nobody asked for.
        return names.Count == 0 ? page.Items : [.. page.Items.Where(m => names.Contains(m.Name, StringComparer.Ordinal))];
    }

    /// <summary>One module; null where the configuration has none of that name.</summary>
    internal async Task<VeloCloudConfigurationModule?> GetModuleAsync(ConfigurationTarget target, string name, CancellationToken cancellationToken)
    {
        var found = await GetModulesAsync(target, [name], cancellationToken).ConfigureAwait(false);
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw session.Error(OrchestratorErrorKind.Ambiguous, string.Create(CultureInfo.InvariantCulture, $"{target} has {found.Count} modules '{name}' (ids {string.Join(", ", found.Select(m => m.Id))}); it is not certain which one holds.")),
        };
    }

    /// <summary>
    /// Replaces a module's data as a whole, or inserts the module where the configuration has none (facts/velocloud.md, "Quirks"). Right before the write the module is read again: where it is not
    /// what it was, nothing is written and the error is Conflict. What somebody changes between that read and the write is lost: the server knows no precondition.
    /// </summary>
    /// <param name="target">Whose module; its configuration is known.</param>
    /// <param name="name">The module.</param>
    /// <param name="read">What was read, and what the new data were made from; null where there was no such module.</param>
    /// <param name="data">The new data.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The module's id.</returns>
    internal async Task<long> WriteModuleAsync(ConfigurationTarget target, string name, VeloCloudConfigurationModule? read, JsonElement data, CancellationToken cancellationToken)
    {
        var now = await GetModuleAsync(target, name, cancellationToken).ConfigureAwait(false);
        if (WhatChanged(read, now) is { } changed)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Conflict, $"Module {name} of {target}: {changed}. Nothing was written.")
            {
                RecommendedAction = "Get the module again, look at the other change, and make yours anew.",
            };
        }

        if (now is null)
        {
            var inserted = await ChangeAsync(
                "configuration/insertConfigurationModule",
                writer =>
                {
                    WriteEnterprise(writer, target.EnterpriseId);
                    writer.WriteString("name", name);
                    writer.WriteNumber("configurationId", target.ConfigurationId!.Value);
                    WriteJson(writer, "data", data);
                },
                ModuleHint,
                cancellationToken).ConfigureAwait(false);
            RequireRow(inserted, "configuration/insertConfigurationModule", $"module {name} of {target} was not inserted");
            return inserted.Id ?? 0;
        }

        var result = await ChangeAsync(
            "configuration/updateConfigurationModule",
            writer =>
            {
                writer.WriteNumber("id", now.Id);
                WriteEnterprise(writer, target.EnterpriseId);
                writer.WriteStartObject("_update");
                WriteJson(writer, "data", data);
                writer.WriteEndObject();
            },
            ModuleHint,
            cancellationToken).ConfigureAwait(false);
        RequireRow(result, "configuration/updateConfigurationModule", $"module {name} of {target} was not changed");
        return now.Id;
    }

    /// <summary>The Orchestrator's version and build; null where it does not tell them (a refusal is no reason not to take a backup).</summary>
    internal async Task<string?> AskServerVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await CallAsync("system/getVersionInfo", static _ => { }, cancellationToken).ConfigureAwait(false);
            return answer is { ValueKind: JsonValueKind.Object } info ? VeloCloudJson.Text(info, "version") ?? VeloCloudJson.Text(info, "build") : null;
        }
        catch (OrchestratorApiException e) when (e.ServerCode is not null)
        {
            observer.Verbose(e.Message);
            return null;
        }
    }

    // What somebody else did to a module between two reads; null where nothing.
    private static string? WhatChanged(VeloCloudConfigurationModule? read, VeloCloudConfigurationModule? now)
    {
        if (read is null)
        {
            return now is null ? null : $"somebody inserted it since it was read (version {now.Version})";
        }

        if (now is null)
        {
            return "somebody removed it since it was read";
        }

        if (now.Id != read.Id)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it is another one (id {now.Id}) than the one that was read (id {read.Id})");
        }

        // The version alone would do, if it is raised by every change; the data alone would do, if nobody changes something there and back. Both together miss nothing.
        return string.Equals(now.Version, read.Version, StringComparison.Ordinal) && JsonDifferences.AreEqual(read.Data(), now.Data())
            ? null
            : $"somebody changed it since it was read (version {read.Version} then, {now.Version} now)";
    }

    private static void WriteJson(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);

        // As it stands: numbers are not rounded, and what is no text (half a surrogate pair) is not lost.
        writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
    }

    private async Task<long> OwnEnterpriseIdAsync(CancellationToken cancellationToken)
    {
        if (session.OwnEnterprise is null)
        {
            await GetTierAsync(cancellationToken).ConfigureAwait(false);
        }

        return session.OwnEnterprise?.Id ?? throw session.Error(OrchestratorErrorKind.Validation, "Which enterprise is meant must be said.", "Name one with -Enterprise.");
    }

    private VeloCloudProfile ConfigurationOf(JsonElement json, long? enterpriseId, string? enterpriseName)
        => Made(e => new VeloCloudProfile(e) { EnterpriseId = enterpriseId ?? session.OwnEnterprise?.Id, EnterpriseName = enterpriseName }, json)!;

    private List<VeloCloudConfigurationModule> ModulesOf(JsonElement configuration, ConfigurationTarget target)
    {
        var modules = new List<VeloCloudConfigurationModule>();
        if (configuration.TryGetProperty("modules", out var list) && list.ValueKind is JsonValueKind.Array)
        {
            foreach (var json in list.EnumerateArray())
            {
                if (Made(e => ModuleOf(e, target), json) is { } module)
                {
                    modules.Add(module);
                }
            }
        }

        return modules;
    }

    private static VeloCloudConfigurationModule ModuleOf(JsonElement json, ConfigurationTarget target)
    {
        var module = new VeloCloudConfigurationModule(json) { Target = target };
        if (module.ConfigurationId == 0)
        {
            module.ConfigurationId = target.ConfigurationId ?? 0;
        }

        return module;
    }

    // Answers with rows say how many things were changed; where that is none, nothing was done.
    private void RequireRow(VeloCloudResult result, string method, string what)
    {
        if (result.Rows == 0)
        {
            throw session.Error(OrchestratorErrorKind.Failed, $"{method}: {what}; the server says neither why nor that anything was wrong (rows 0).");
        }
    }
}
