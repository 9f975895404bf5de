using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes how the guests of virtual machines are customized when they are next powered on; what is not named stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "VcdGuestCustomization", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdGuestCustomization))]
public sealed class SetVcdGuestCustomizationCommand : VcdVMTaskCmdlet
{
    private static readonly string[] Changes =
    [
        nameof(Enabled), nameof(ComputerName), nameof(ChangeSid), nameof(AdminPasswordEnabled), nameof(AdminPasswordAuto), nameof(AdminPassword), nameof(ResetPasswordRequired), nameof(AdminAutoLogonCount),
        nameof(JoinDomainEnabled), nameof(UseOrgSettings), nameof(DomainName), nameof(DomainUserName), nameof(DomainUserPassword), nameof(MachineObjectOU), nameof(Script), nameof(ScriptPath),
    ];

    private VcdCustomizationSettings _settings = new();
    private int _machines;
    private Action? _held;

    /// <summary>The guest is customized; -Enabled:$false ends that.</summary>
    [Parameter]
    public SwitchParameter Enabled { get; set; }

    /// <summary>The name that the guest is given. For one virtual machine only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ComputerName { get; set; }

    /// <summary>A Windows guest gets a new security id; -ChangeSid:$false leaves it.</summary>
    [Parameter]
    public SwitchParameter ChangeSid { get; set; }

    /// <summary>The administrator's password is changed; -AdminPasswordEnabled:$false leaves it.</summary>
    [Parameter]
    public SwitchParameter AdminPasswordEnabled { get; set; }

    /// <summary>The server makes the administrator's password up; -AdminPasswordAuto:$false ends that.</summary>
    [Parameter]
    public SwitchParameter AdminPasswordAuto { get; set; }

    /// <summary>The administrator's password. That it is changed, and not made up, goes without saying.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AdminPassword { get; set; }

    /// <summary>The administrator has to change the password at the first login; -ResetPasswordRequired:$false ends that.</summary>
    [Parameter]
    public SwitchParameter ResetPasswordRequired { get; set; }

    /// <summary>How many times a Windows guest logs its administrator in by itself, 1 to 100; 0 ends that.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int AdminAutoLogonCount { get; set; }

    /// <summary>A Windows guest joins a domain; -JoinDomainEnabled:$false ends that.</summary>
    [Parameter]
    public SwitchParameter JoinDomainEnabled { get; set; }

    /// <summary>It joins the domain that the organization's settings name. That it joins one goes without saying.</summary>
    [Parameter]
    public SwitchParameter UseOrgSettings { get; set; }

    /// <summary>The domain. That the guest joins it, and not the organization's, goes without saying.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DomainName { get; set; }

    /// <summary>The user who joins it to the domain.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DomainUserName { get; set; }

    /// <summary>The password of this user.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? DomainUserPassword { get; set; }

    /// <summary>The organizational unit of the computer account; an empty text takes it away.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? MachineObjectOU { get; set; }

    /// <summary>The script that is run when the guest is customized; an empty text takes it away.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Script { get; set; }

    /// <summary>A file that holds the script.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ScriptPath { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (!Array.Exists(Changes, Typed))
        {
            ThrowBadParameter(nameof(Enabled), null, "there is nothing to change; what is to be changed is needed, such as -Enabled or -ComputerName.");
        }

        if (ComputerName is { } computer && VcdMachineChecks.NoComputerName(computer) is { } why)
        {
            ThrowBadParameter(nameof(ComputerName), computer, why);
        }

        if (AdminPassword is not null && (AdminPassword.Length == 0 || AdminPasswordAuto || (Typed(nameof(AdminPasswordEnabled)) && !AdminPasswordEnabled)))
        {
            ThrowBadParameter(nameof(AdminPassword), "***", AdminPassword.Length == 0 ? "a password is needed; -AdminPasswordAuto lets the server make one up." : "a password goes neither with -AdminPasswordAuto nor with -AdminPasswordEnabled:$false.");
        }

        if (UseOrgSettings && (DomainName ?? DomainUserName ?? (object?)DomainUserPassword) is not null)
        {
            ThrowBadParameter(nameof(UseOrgSettings), true, "the organization's settings name the domain and who joins it; leave out -DomainName, -DomainUserName and -DomainUserPassword.");
        }

        if (Typed(nameof(JoinDomainEnabled)) && !JoinDomainEnabled && (UseOrgSettings || DomainName is not null))
        {
            ThrowBadParameter(nameof(JoinDomainEnabled), false, "who joins no domain needs none; leave out -DomainName and -UseOrgSettings.");
        }

        if (Script is not null && ScriptPath is not null)
        {
            ThrowBadParameter(nameof(ScriptPath), ScriptPath, "the script is given as text or as a file, not as both.");
        }

        _settings = new VcdCustomizationSettings
        {
            Enabled = Said(nameof(Enabled), Enabled),
            ComputerName = ComputerName,
            ChangeSid = Said(nameof(ChangeSid), ChangeSid),
            AdminPasswordEnabled = AdminPassword is not null || AdminPasswordAuto ? true : Said(nameof(AdminPasswordEnabled), AdminPasswordEnabled),
            AdminPasswordAuto = AdminPassword is not null ? false : Said(nameof(AdminPasswordAuto), AdminPasswordAuto),
            AdminPassword = AdminPassword,
            ResetPasswordRequired = Said(nameof(ResetPasswordRequired), ResetPasswordRequired),
            AdminAutoLogonCount = Typed(nameof(AdminAutoLogonCount)) ? AdminAutoLogonCount : null,
            JoinDomainEnabled = UseOrgSettings || DomainName is not null ? true : Said(nameof(JoinDomainEnabled), JoinDomainEnabled),
            UseOrgSettings = DomainName is not null ? false : Said(nameof(UseOrgSettings), UseOrgSettings),
            DomainName = DomainName,
            DomainUserName = DomainUserName,
            DomainUserPassword = DomainUserPassword,
            MachineObjectOU = MachineObjectOU,
            CustomizationScript = ScriptPath is null ? Script : Read(ScriptPath),
        };
    }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
    {
        if (++_machines > 1 && ComputerName is not null)
        {
            ThrowBadParameter(nameof(ComputerName), ComputerName, "one name is for one virtual machine.");
        }

        var href = vm.Href.Length > 0 ? vm.Href : vm.Id;
        var now = Await(token => client.GetCustomizationAsync(vm, withPassword: false, token));
        if (ComputerName is { } computer && VcdMachineChecks.NoComputerName(computer, now.Machine) is { } why)
        {
            throw VcdMachineChecks.Refused(OrchestratorErrorKind.Validation, $"-{nameof(ComputerName)} '{computer}' for virtual machine '{vm.Name}': {why} Nothing was sent.");
        }

        var words = Words(now).ToArray();
        if (words.Length == 0)
        {
            WriteVerbose($"The guest of virtual machine '{vm.Name}' is already customized as it should be; nothing is sent.");
            WriteObject(now);
            return;
        }

        if (!ShouldProcess(Described(client, now.Machine), "Set guest customization: " + string.Join(", ", words)))
        {
            return;
        }

        if (DomainUserPassword is null && (_settings.JoinDomainEnabled ?? now.JoinDomainEnabled) is true && (_settings.UseOrgSettings ?? now.UseOrgSettings) is not true)
        {
            WriteWarning($"Virtual machine '{vm.Name}' joins a domain, and the server never tells the password for that: it is not in the request, and nothing documents whether the server keeps it then. Give -DomainUserPassword too.");
        }

        void Begin() => Start(
            client,
            $"Changing the guest customization of virtual machine '{vm.Name}'",
            vm,
            (c, token) => c.SetCustomizationAsync(href, _settings, token),
            async (c, _, token) => await c.GetCustomizationAsync(now.Machine, withPassword: false, token).ConfigureAwait(false));

        // A name is for one machine: that no second one comes is known at the end only.
        if (ComputerName is not null)
        {
            _held = Begin;
        }
        else
        {
            Begin();
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        _held?.Invoke();
        base.OnEnd();
    }

    private bool Typed(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    // A switch that is not typed leaves the server's setting.
    private bool? Said(string parameter, SwitchParameter value) => Typed(parameter) ? value.ToBool() : null;

    private string Read(string path)
    {
        try
        {
            return File.ReadAllText(GetUnresolvedProviderPathFromPSPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            ThrowBadParameter(nameof(ScriptPath), path, $"a file that can be read is needed: {e.Message}");
            throw;
        }
    }

    // Secrets are named, never shown; so is a script, which is long and often holds one.
    private IEnumerable<string> Words(VcdGuestCustomization now)
    {
        var words = new[]
        {
            Flag("customization", _settings.Enabled, now.Enabled),
            Text("computer name", _settings.ComputerName, now.ComputerName),
            Flag("new security id", _settings.ChangeSid, now.ChangeSid),
            _settings.AdminPassword is null ? Flag("administrator's password changed", _settings.AdminPasswordEnabled, now.AdminPasswordEnabled) : "administrator's password",
            Flag("password made up by the server", _settings.AdminPasswordAuto, now.AdminPasswordAuto),
            Flag("password to be changed at the first login", _settings.ResetPasswordRequired, now.ResetPasswordRequired),
            _settings.AdminAutoLogonCount is { } times && times != now.AdminAutoLogonCount ? $"logins by itself {now.AdminAutoLogonCount ?? 0} → {times}" : null,
            Flag("domain join", _settings.JoinDomainEnabled, now.JoinDomainEnabled),
            Flag("organization's domain", _settings.UseOrgSettings, now.UseOrgSettings),
            Text("domain", _settings.DomainName, now.DomainName),
            Text("domain user", _settings.DomainUserName, now.DomainUserName),
            _settings.DomainUserPassword is null ? null : "domain user's password",
            Text("organizational unit", _settings.MachineObjectOU, now.MachineObjectOU),
            _settings.CustomizationScript is { } script && script != (now.CustomizationScript ?? string.Empty) ? $"script of {script.Length} characters" : null,
        };
        return words.OfType<string>();

        static string? Flag(string what, bool? wanted, bool? present) => wanted is { } flag && flag != present ? $"{what} {(present is { } old ? old ? "on" : "off" : "unknown")} → {(flag ? "on" : "off")}" : null;
        static string? Text(string what, string? wanted, string? present) => wanted is null || wanted == (present ?? string.Empty) ? null : $"{what} '{present}' → '{wanted}'";
    }
}
