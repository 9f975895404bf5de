using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// Changes the device settings of profiles or edges by APIv2: places of them (-Patch), or all of them (-Data, or a piped object whose Data were changed). The server goes on after its answer; -Wait stays.
/// </summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudDeviceSetting", SupportsShouldProcess = true, DefaultParameterSetName = "Object")]
[OutputType(typeof(VeloCloudDeviceSettingChange), typeof(VeloCloudDeviceSetting))]
public sealed class SetVeloCloudDeviceSettingCommand : VeloCloudConfigurationChangingCmdlet
{
    private JsonElement _patch;

    /// <summary>The settings, with their property Data changed: what Get-VeloCloudDeviceSetting returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Object")]
    [ValidateNotNull]
    public VeloCloudDeviceSetting[]? InputObject { get; set; }

    /// <summary>All settings, as they are to be: an object, a hashtable, or JSON as a text.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>Changes of places: hashtables with op (add, replace, remove, move), path, and value or from.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Patch { get; set; }

    /// <summary>Stays until the server has carried the change out.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait, in whole seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <summary>With -Wait, returns the settings as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Data is not null && Patch is not null)
        {
            ThrowBadParameter(nameof(Patch), Patch.Length, "either all settings (-Data) or places of them (-Patch).");
        }

        if (ParameterSetName is not "Object" && Data is null && Patch is null)
        {
            ThrowBadParameter(nameof(Patch), null, "say what changes: places with -Patch, or all settings with -Data.");
        }

        if (Timeout > 0 && !Wait)
        {
            ThrowBadParameter(nameof(Timeout), Timeout, "it is for -Wait.");
        }

        if (PassThru && !Wait)
        {
            ThrowBadParameter(nameof(PassThru), PassThru, "without -Wait nobody knows the settings yet.");
        }

        if (Patch is not null)
        {
            string? wrong;
            try
            {
                // One text may be the whole patch.
                _patch = Patch is [string or PSObject { BaseObject: string }] ? ExactJson.ToElement(Patch[0]) : ExactJson.ToElement(Patch);
                wrong = JsonPatchText.WhatIsWrong(_patch);
            }
            catch (ArgumentException e)
            {
                wrong = e.Message;
            }

            if (wrong is not null)
            {
                ThrowBadParameter(nameof(Patch), Patch.Length, wrong);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        base.OnRecord();
        foreach (var setting in ParameterSetName is "Object" ? InputObject ?? [] : [])
        {
            CurrentTarget = setting;
            Attempt(
                () =>
                {
                    var session = Session(setting);
                    if (setting is { Target: { } target, EnterpriseLogicalId: { } enterprise })
                    {
                        Change(session, enterprise, target, setting, setting);
                    }
                },
                setting);
        }
    }

    /// <inheritdoc/>
    private protected override void OnOwner(VeloCloudClient client, VeloCloudConfigurationOwner owner)
        => Change(owner.Session, Await(token => owner.Enterprise.GetLogicalIdAsync(client, token)), owner.Configuration, null, owner.Target);

    private void Change(VeloCloudSession session, string enterprise, ConfigurationTarget target, VeloCloudDeviceSetting? given, object item)
    {
        var client = new VeloCloudV2Client(session, RequestObserver);
        var place = $"device settings of {target} at {session.Server.Authority}";
        VeloCloudV2Answer answer;
        if (Patch is not null)
        {
            if (!ShouldProcess(place, $"Change {string.Join("; ", _patch.EnumerateArray().Take(5).Select(Describe))}{(_patch.GetArrayLength() > 5 ? $"; and {_patch.GetArrayLength() - 5} more" : string.Empty)}"))
            {
                return;
            }

            answer = Await(token => client.PatchDeviceSettingAsync(enterprise, target, _patch, token));
        }
        else
        {
            JsonElement data;
            try
            {
                data = ConfigurationData.Element(Data ?? (given is null ? null : ConfigurationData.Of(given)));
            }
            catch (ArgumentException e)
            {
                WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Data), item, e.Message));
                return;
            }

            var read = given ?? Await(token => client.GetDeviceSettingAsync(enterprise, target, token));
            var differences = JsonDifferences.Between(read.Data(), data);
            if (differences.Count == 0)
            {
                WriteVerbose($"The {place} are so already; nothing is written.");
                return;
            }

            if (!ShouldProcess(place, $"Replace ({ConfigurationData.Describe(differences)})"))
            {
                return;
            }

            answer = Await(token => client.ReplaceDeviceSettingAsync(read, data, token));
        }

        Finish(client, session, enterprise, target, answer);
    }

    private void Finish(VeloCloudV2Client client, VeloCloudSession session, string enterprise, ConfigurationTarget target, VeloCloudV2Answer answer)
    {
        if (Wait)
        {
            Await(token => client.WaitAsync(answer, Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null, null, token));
        }

        if (PassThru)
        {
            var after = Await(token => client.GetDeviceSettingAsync(enterprise, target, token));
            WriteObject(ConfigurationData.With(after, after.Data()));
            return;
        }

        WriteObject(session.Stamp(new VeloCloudDeviceSettingChange
        {
            OwnerType = target.EdgeId is null ? "Profile" : "Edge",
            Owner = target.Name,
            OwnerLogicalId = target.LogicalId,
            State = answer.IsUnderWay && !Wait ? "Running" : "Done",
            Operation = answer.Location?.OriginalString,
        }));
    }

    private static string Describe(JsonElement change)
        => $"{change.GetProperty("op").GetString()} {change.GetProperty("path").GetString()}{(change.TryGetProperty("value", out var value) ? " = " + Shown(change.GetProperty("path").GetString()!, value) : string.Empty)}";

    // A path ends in the member's name: a secret is not shown in a question.
    private static string Shown(string path, JsonElement value)
    {
        var parts = path.Split('/');
        var text = JsonDifferences.Shown(value, parts[^1], parts.Length > 1 ? parts[^2] : null);
        return text.Length > 80 ? text[..80] + "…" : text;
    }
}
