using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows the metadata of objects: one object for each key, with a value of its type.</summary>
[Cmdlet(VerbsCommon.Get, "VcdMetadata")]
[OutputType(typeof(VcdMetadataEntry))]
public sealed class GetVcdMetadataCommand : VcdShowingCmdlet
{
    /// <summary>Whatever has metadata: objects of this system, ids or addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public VcdEntityArgument[] InputObject { get; set; } = [];

    /// <summary>Keys; wildcards are allowed. Letter case counts.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Key { get; set; }

    /// <summary>Only this domain.</summary>
    [Parameter]
    public VcdMetadataDomain? Domain { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var keys = Key?.Select(k => WildcardPattern.Get(k, WildcardOptions.None)).ToArray();
        foreach (var argument in InputObject)
        {
            Attempt(
                () =>
                {
                    foreach (var session in Sessions(argument.Source ?? Organization?.Organization))
                    {
                        foreach (var entry in Await(token => ClientFor(session, argument.Source).GetMetadataAsync(argument.Href, token)))
                        {
                            if ((Domain is null || entry.Domain == Domain) && (keys is null || Array.Exists(keys, k => k.IsMatch(entry.Key))))
                            {
                                WriteObject(entry);
                            }
                        }
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }
}
