using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// Writes a module's data as a whole: read, change, write. The module is read again right before the write; where somebody changed it meanwhile, nothing is written.
/// </summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudConfigurationModule", SupportsShouldProcess = true, DefaultParameterSetName = "Object")]
[OutputType(typeof(VeloCloudConfigurationModule))]
public sealed class SetVeloCloudConfigurationModuleCommand : VeloCloudConfigurationChangingCmdlet
{
    /// <summary>The modules, with their property Data changed: what Get-VeloCloudConfigurationModule returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Object")]
    [ValidateNotNull]
    public VeloCloudConfigurationModule[]? InputObject { get; set; }

    /// <summary>The module's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Profile")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Edge")]
    [ArgumentCompleter(typeof(VeloCloudModuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The new data, all of them: an object, a hashtable, or JSON as a text. Of a piped module without it, the property Data.</summary>
    [Parameter(ParameterSetName = "Object")]
    [Parameter(Mandatory = true, ParameterSetName = "Profile")]
    [Parameter(Mandatory = true, ParameterSetName = "Edge")]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>Returns the module as it is after the write.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        base.OnRecord();
        foreach (var module in ParameterSetName is "Object" ? InputObject ?? [] : [])
        {
            CurrentTarget = module;
            Attempt(
                () =>
                {
                    var session = Session(module);
                    if (module.Target is { } target && DataOf(Data ?? ConfigurationData.Of(module), module) is { } data)
                    {
                        Change(new VeloCloudClient(session, RequestObserver), session, target with { ConfigurationId = module.ConfigurationId }, module.Name, module, data, module);
                    }
                },
                module);
        }
    }

    /// <inheritdoc/>
    private protected override void OnOwner(VeloCloudClient client, VeloCloudConfigurationOwner owner)
    {
        if (DataOf(Data, owner.Target) is { } data)
        {
            var name = VeloCloudModuleCompleter.Spelled(Name);
            var target = Await(token => client.LocateAsync(owner.Configuration, token));
            var read = Await(token => client.GetModuleAsync(target, name, token));
            Change(client, owner.Session, target, name, read, data, owner.Target);
        }
    }

    private JsonElement? DataOf(object? given, object? item)
    {
        try
        {
            return ConfigurationData.Element(given);
        }
        catch (ArgumentException e)
        {
            WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Data), item, e.Message));
            return null;
        }
    }

    private void Change(VeloCloudClient client, VeloCloudSession session, ConfigurationTarget target, string name, VeloCloudConfigurationModule? read, JsonElement data, object? item)
    {
        if (read is not null)
        {
            var differences = JsonDifferences.Between(read.Data(), data);
            if (differences.Count == 0)
            {
                WriteVerbose($"Module {name} of {target} holds these data already; nothing is written.");
            }
            else if (!ShouldProcess($"module {name} of {target} at {session.Server.Authority}", $"Change ({ConfigurationData.Describe(differences)})"))
            {
                return;
            }
            else
            {
                Await(token => client.WriteModuleAsync(target, name, read, data, token));
            }
        }
        else if (ShouldProcess($"module {name} of {target} at {session.Server.Authority}", "Insert (there is no such module yet)"))
        {
            Await(token => client.WriteModuleAsync(target, name, null, data, token));
        }
        else
        {
            return;
        }

        if (PassThru)
        {
            var after = Await(token => client.GetModuleAsync(target, name, token)) ?? throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"Module {name} of {target} was written, and is not there.");
            WriteObject(ConfigurationData.With(after, after.Data()));
        }
    }
}
