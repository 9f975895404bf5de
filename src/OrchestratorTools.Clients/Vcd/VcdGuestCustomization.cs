using System.Security;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>How the guest of a virtual machine is customized (schema type GuestCustomizationSectionType). Passwords are shown to nobody who did not ask for them.</summary>
public sealed class VcdGuestCustomization : ServerObject, IOfTenant
{
    private readonly VcdVM _vm;

    internal VcdGuestCustomization(XElement section, VcdVM vm, bool withPassword)
    {
        _vm = vm;
        Enabled = Flag(section, "Enabled");
        ComputerName = Text(section, "ComputerName");
        ChangeSid = Flag(section, "ChangeSid");
        AdminPasswordEnabled = Flag(section, "AdminPasswordEnabled");
        AdminPasswordAuto = Flag(section, "AdminPasswordAuto");
        var password = Text(section, "AdminPassword");
        HasAdminPassword = password is not null;
        AdminPassword = withPassword ? SecretText.From(password) : null;
        ResetPasswordRequired = Flag(section, "ResetPasswordRequired");
        AdminAutoLogonEnabled = Flag(section, "AdminAutoLogonEnabled");
        AdminAutoLogonCount = (int?)VcdXml.Number(Text(section, "AdminAutoLogonCount"));
        JoinDomainEnabled = Flag(section, "JoinDomainEnabled");
        UseOrgSettings = Flag(section, "UseOrgSettings");
        DomainName = Text(section, "DomainName");
        DomainUserName = Text(section, "DomainUserName");
        MachineObjectOU = Text(section, "MachineObjectOU");
        CustomizationScript = Text(section, "CustomizationScript");
    }

    /// <summary>The virtual machine's name.</summary>
    public string VM => _vm.Name;

    /// <summary>The virtual machine's vApp (or template).</summary>
    public string? VApp => _vm.VApp;

    /// <summary>True where the guest is customized.</summary>
    public bool? Enabled { get; }

    /// <summary>The name that the guest is given.</summary>
    public string? ComputerName { get; }

    /// <summary>True where a Windows guest gets a new security id.</summary>
    public bool? ChangeSid { get; }

    /// <summary>True where the administrator's password is changed.</summary>
    public bool? AdminPasswordEnabled { get; }

    /// <summary>True where the server makes the password up.</summary>
    public bool? AdminPasswordAuto { get; }

    /// <summary>True where the server shows an administrator's password to this user.</summary>
    public bool HasAdminPassword { get; }

    /// <summary>The administrator's password, where it was asked for.</summary>
    public SecureString? AdminPassword { get; }

    /// <summary>True where the administrator has to change the password at the first login.</summary>
    public bool? ResetPasswordRequired { get; }

    /// <summary>True where a Windows guest logs its administrator in by itself.</summary>
    public bool? AdminAutoLogonEnabled { get; }

    /// <summary>How many times it does.</summary>
    public int? AdminAutoLogonCount { get; }

    /// <summary>True where a Windows guest joins a domain.</summary>
    public bool? JoinDomainEnabled { get; }

    /// <summary>True where it joins the organization's domain.</summary>
    public bool? UseOrgSettings { get; }

    /// <summary>The domain.</summary>
    public string? DomainName { get; }

    /// <summary>The user who joins it to the domain. The password is never shown by the server.</summary>
    public string? DomainUserName { get; }

    /// <summary>The organizational unit of its computer account.</summary>
    public string? MachineObjectOU { get; }

    /// <summary>The script that is run when the guest is customized.</summary>
    public string? CustomizationScript { get; }

    /// <summary>True where the guest is customized when it is next powered on.</summary>
    public bool? NeedsCustomization => _vm.NeedsCustomization;

    /// <summary>The virtual machine's address.</summary>
    public string VMHref => _vm.Href;

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <summary>The virtual machine, as it was when this was read.</summary>
    internal VcdVM Machine => _vm;

    /// <inheritdoc/>
    public override string ToString() => $"{VM}: {(Enabled is true ? ComputerName : "not customized")}";

    private static string? Text(XElement section, string name) => VcdXml.ChildText(section, name) is { Length: > 0 } text ? text : null;

    private static bool? Flag(XElement section, string name) => VcdXml.Flag(Text(section, name));
}

/// <summary>A change of how a guest is customized: null leaves what is there, an empty text takes it away.</summary>
internal sealed record VcdCustomizationSettings
{
    public bool? Enabled { get; init; }

    public string? ComputerName { get; init; }

    public bool? ChangeSid { get; init; }

    public bool? AdminPasswordEnabled { get; init; }

    public bool? AdminPasswordAuto { get; init; }

    public SecureString? AdminPassword { get; init; }

    public bool? ResetPasswordRequired { get; init; }

    public int? AdminAutoLogonCount { get; init; }

    public bool? JoinDomainEnabled { get; init; }

    public bool? UseOrgSettings { get; init; }

    public string? DomainName { get; init; }

    public string? DomainUserName { get; init; }

    public SecureString? DomainUserPassword { get; init; }

    public string? MachineObjectOU { get; init; }

    public string? CustomizationScript { get; init; }
}
