using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Sets keys of the metadata of objects, all keys of an object in one request. Other keys stay.</summary>
[Cmdlet(VerbsCommon.Set, "VcdMetadata", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdMetadataEntry))]
public sealed class SetVcdMetadataCommand : VcdTaskCmdlet
{
    private KeyValuePair<string, object>[] _values = [];
    private VcdMetadataVisibility _visibility;

    /// <summary>Whatever has metadata: objects of this system, ids or addresses.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public VcdEntityArgument[] InputObject { get; set; } = [];

    /// <summary>Keys and values. The type of a value is the type that it has: texts, whole numbers, true and false, times.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>The domain; SYSTEM is the provider's.</summary>
    [Parameter]
    public VcdMetadataDomain Domain { get; set; }

    /// <summary>Who sees it, in the SYSTEM domain: ReadOnly (users see it, the default there) or Private (they do not). In the GENERAL domain it is ReadWrite always.</summary>
    [Parameter]
    public VcdMetadataVisibility Visibility { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        var typed = MyInvocation.BoundParameters.ContainsKey(nameof(Visibility));
        _visibility = typed ? Visibility : Domain is VcdMetadataDomain.System ? VcdMetadataVisibility.ReadOnly : VcdMetadataVisibility.ReadWrite;
        if (Domain is VcdMetadataDomain.General && _visibility is not VcdMetadataVisibility.ReadWrite)
        {
            ThrowBadParameter(nameof(Visibility), Visibility, "in the GENERAL domain whoever sees the object sees its metadata (ReadWrite); -Domain System has other visibilities.");
        }

        if (Domain is VcdMetadataDomain.System && _visibility is VcdMetadataVisibility.ReadWrite)
        {
            ThrowBadParameter(nameof(Visibility), Visibility, "in the SYSTEM domain only the provider writes: ReadOnly or Private is needed.");
        }

        try
        {
            _values = VcdMetadataValues.Of(Metadata!);
        }
        catch (ArgumentException e)
        {
            ThrowBadParameter(nameof(Metadata), e.ParamName, e.Message.Replace($" (Parameter '{e.ParamName}')", string.Empty, StringComparison.Ordinal));
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in InputObject)
        {
            Attempt(() => Change(argument), argument.Item ?? (object)argument.Text);
        }
    }

    private void Change(VcdEntityArgument argument)
    {
        var session = SessionOf(argument.Source);
        var client = ClientFor(session, argument.Source);
        var keys = string.Join(", ", _values.Take(10).Select(v => $"'{v.Key}'")) + (_values.Length > 10 ? $" and {_values.Length - 10} more" : string.Empty);
        if (!ShouldProcess($"{(argument.Item is null ? string.Empty : VcdEntities.TitleOf(argument.Item.GetType()) + " ")}'{argument.Text}' at {session.Server.Authority}", $"Set metadata {keys}"))
        {
            return;
        }

        var (href, domain) = (argument.Href, Domain);
        Start(
            client,
            $"Setting metadata of '{argument.Text}'",
            argument.Item ?? (object)argument.Text,
            (c, token) => c.SetMetadataAsync(href, _values, domain, _visibility, token),
            async (c, _, token) => (await c.GetMetadataAsync(href, token).ConfigureAwait(false)).Where(e => e.Domain == domain && Array.Exists(_values, v => v.Key == e.Key)).ToArray());
    }
}
