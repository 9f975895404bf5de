using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Sets properties of the product sections of virtual machines or vApps, all of one in one request; other properties stay.</summary>
[Cmdlet(VerbsCommon.Set, "VcdProductSection", DefaultParameterSetName = VMSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdProductSection))]
public sealed class SetVcdProductSectionCommand : VcdTaskCmdlet
{
    private const string VMSet = "VM";
    private const string VAppSet = "VApp";
    private KeyValuePair<string, string>[] _values = [];

    /// <summary>As many at once as machines are changed elsewhere.</summary>
    public SetVcdProductSectionCommand() => ThrottleLimit = 8;

    /// <summary>The virtual machines: names, wildcards, ids, or what Get-VcdVM returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = VMSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[] VM { get; set; } = [];

    /// <summary>The vApps whose own product sections are meant: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = VAppSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>Keys and values; passwords as SecureStrings. A key that several sections have is given with class and instance: CLASS.KEY.INSTANCE.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Property { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _values = Property!.Cast<DictionaryEntry>().Select(e => new KeyValuePair<string, string>(Convert.ToString(e.Key, CultureInfo.InvariantCulture) ?? string.Empty, TextOf(e))).ToArray();
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var target in ParameterSetName is VAppSet ? VcdProductTargets.Of(VApp) : VcdProductTargets.Of(VM))
        {
            Attempt(
                () =>
                {
                    var client = ClientFor(SessionOf(target.Source), target.Source);
                    foreach (var of in Await(token => target.FindAsync(client, token)))
                    {
                        Attempt(() => Change(client, of), of);
                    }
                },
                target.Target);
        }
    }

    private void Change(VcdClient client, VcdResource of)
    {
        if (of is VcdVM { IsInTemplate: true } machine)
        {
            throw VcdMachineChecks.OfTemplate(machine);
        }

        var href = of.Href.Length > 0 ? of.Href : of.Id;
        var ids = Await(token => client.CheckProductPropertiesAsync(href, _values, token));
        if (ids.Count == 0)
        {
            WriteVerbose($"The product properties of '{of.Name}' are already as they should be; nothing is sent.");
            WriteObject(Await(token => client.GetProductSectionsAsync(of, withPasswords: false, token)), enumerateCollection: true);
            return;
        }

        var described = of is VcdVM vm ? VcdMachineChecks.Described(client, vm) : $"vApp '{of.Name}' at {client.Session.Server.Authority}";
        if (ShouldProcess(described, $"Set product properties {string.Join(", ", ids.Select(i => $"'{i}'"))}"))
        {
            Start(
                client,
                $"Setting product properties of '{of.Name}'",
                of,
                (c, token) => c.SetProductPropertiesAsync(href, _values, token),
                async (c, _, token) => await c.GetProductSectionsAsync(of, withPasswords: false, token).ConfigureAwait(false));
        }
    }

    private string TextOf(DictionaryEntry entry)
    {
        switch (entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value)
        {
            case null:
                return string.Empty;
            case SecureString secret:
                return SecretText.Reveal(secret);
            case bool flag:
                return flag ? "true" : "false";
            case SwitchParameter flag:
                return flag ? "true" : "false";
            case string text:
                return text;
            case IFormattable value:
                return value.ToString(null, CultureInfo.InvariantCulture);
            case var other:
                ThrowBadParameter(nameof(Property), $"{entry.Key} = {other}", $"a value is a text, a number, true or false, or a SecureString, not a {other.GetType().Name}.");
                return string.Empty;
        }
    }
}
