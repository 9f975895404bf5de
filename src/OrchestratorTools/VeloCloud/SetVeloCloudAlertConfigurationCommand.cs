using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// Changes whether an enterprise is alerted of something, and how often. The configurations are read right before they are written, and only what is to be different is changed in them.
/// </summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudAlertConfiguration", SupportsShouldProcess = true, DefaultParameterSetName = "Set")]
[OutputType(typeof(VeloCloudAlertConfiguration))]
public sealed class SetVeloCloudAlertConfigurationCommand : VeloCloudEnterpriseChangingCmdlet
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    /// <summary>What it is about, with wildcards: EDGE_DOWN, LINK_*, …</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudAlertNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>What Get-VeloCloudAlertConfiguration returned: says what it is about, and in which enterprise.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public VeloCloudAlertConfiguration? AlertConfiguration { get; set; }

    /// <summary>Alerts of it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Enable")]
    public SwitchParameter Enable { get; set; }

    /// <summary>Alerts of it no more.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Disable")]
    public SwitchParameter Disable { get; set; }

    /// <summary>How long it must last before the first notification, in seconds.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int FirstNotificationSeconds { get; set; }

    /// <summary>How long from one notification to the next, in seconds.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int NotificationIntervalSeconds { get; set; }

    /// <summary>How many notifications there are at most.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumNotifications { get; set; }

    /// <summary>How long until it may be triggered again, in seconds.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ResetIntervalSeconds { get; set; }

    /// <summary>Returns the configurations as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Enable || Disable)
        {
            Add("enabled", (bool)Enable, Enable ? "enable" : "disable");
        }

        AddNumber(nameof(FirstNotificationSeconds), "firstNotificationSeconds", FirstNotificationSeconds, "first notification after {0} s");
        AddNumber(nameof(NotificationIntervalSeconds), "notificationIntervalSeconds", NotificationIntervalSeconds, "a notification every {0} s");
        AddNumber(nameof(MaximumNotifications), "maxNotifications", MaximumNotifications, "at most {0} notifications");
        AddNumber(nameof(ResetIntervalSeconds), "resetIntervalSeconds", ResetIntervalSeconds, "again after {0} s");
        if (_members.Count == 0)
        {
            ThrowBadParameter("Enable", null, "nothing is to be changed: give -Enable, -Disable, -FirstNotificationSeconds, -NotificationIntervalSeconds, -MaximumNotifications or -ResetIntervalSeconds.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (AlertConfiguration is { EnterpriseId: { } id } && !MyInvocation.BoundParameters.ContainsKey(nameof(Enterprise)))
        {
            Enterprise = [new VeloCloudEnterpriseArgument(id)];
            base.OnRecord();
            Enterprise = null;
            return;
        }

        base.OnRecord();
    }

    /// <inheritdoc/>
    private protected override void OnEnterprise(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise)
    {
        var names = new VeloCloudNames(Name);
        var meant = new List<VeloCloudAlertConfiguration>();
        Stream(token => client.GetAlertConfigurationsAsync(enterprise.Id, enterprise.Name ?? AlertConfiguration?.EnterpriseName, token), configuration =>
        {
            if (names.Takes(configuration.Name))
            {
                meant.Add(configuration);
            }
        });
        foreach (var missing in names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "alert configuration", "Get-VeloCloudAlertConfiguration lists those of the enterprise"));
        }

        var changed = meant.Where(c => ShouldProcess($"alert {c.Name} of {enterprise}", $"Change alert configuration ({string.Join(", ", _words)})")).Select(c => (c, (IReadOnlyDictionary<string, JsonElement>)_members)).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        Start(enterprise.Name ?? (object)Name, async token =>
        {
            var now = await client.SetAlertConfigurationsAsync(enterprise.Id, changed, token).ConfigureAwait(false);
            return PassThru ? now : null;
        });
    }

    private void AddNumber(string parameter, string member, int value, string words)
    {
        if (MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            Add(member, value, string.Format(CultureInfo.InvariantCulture, words, value));
        }
    }

    private void Add(string member, object value, string words)
    {
        _members[member] = JsonSerializer.SerializeToElement(value);
        _words.Add(words);
    }
}
