using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Reads a GuestCustomizationSection.</summary>
internal static class Customizations
{
    private const int LongestComputerName = 63;
    private const int LongestWindowsName = 15;
    private const int LongestScript = 49_000;

    /// <summary>The settings and the computer's name; what a section leaves out stays as it is.</summary>
    /// <exception cref="VcdException">400: values that do not go together; the sentence says which.</exception>
    public static (GuestCustomization Settings, string ComputerName) Read(XElement section, VirtualMachine machine)
    {
        var old = machine.Customization;
        var settings = new GuestCustomization
        {
            IsEnabled = Xml.Flag(section, "Enabled") ?? old.IsEnabled,
            ChangesSid = Xml.Flag(section, "ChangeSid") ?? old.ChangesSid,
            JoinsDomain = Xml.Flag(section, "JoinDomainEnabled") ?? old.JoinsDomain,
            UsesOrgSettings = Xml.Flag(section, "UseOrgSettings") ?? old.UsesOrgSettings,
            DomainName = Xml.Text(section, "DomainName") ?? old.DomainName,
            DomainUser = Xml.Text(section, "DomainUserName") ?? old.DomainUser,
            DomainPassword = Xml.Text(section, "DomainUserPassword") ?? old.DomainPassword,
            MachineUnit = Xml.Text(section, "MachineObjectOU") ?? old.MachineUnit,
            HasAdminPassword = Xml.Flag(section, "AdminPasswordEnabled") ?? old.HasAdminPassword,
            IsAdminPasswordAuto = Xml.Flag(section, "AdminPasswordAuto") ?? old.IsAdminPasswordAuto,
            AdminPassword = Xml.Text(section, "AdminPassword") ?? old.AdminPassword,
            LogsAdminOn = Xml.Flag(section, "AdminAutoLogonEnabled") ?? old.LogsAdminOn,
            AdminLogons = Xml.Text(section, "AdminAutoLogonCount") is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : old.AdminLogons,
            MustResetPassword = Xml.Flag(section, "ResetPasswordRequired") ?? old.MustResetPassword,
            Script = Xml.Text(section, "CustomizationScript") ?? old.Script,
        };
        var computerName = Xml.Text(section, "ComputerName") ?? machine.ComputerName;
        var longest = machine.Guest.Type.StartsWith("windows", StringComparison.OrdinalIgnoreCase) ? LongestWindowsName : LongestComputerName;
        if (computerName.Length == 0 || computerName.Length > longest || !computerName.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || computerName.All(char.IsAsciiDigit))
        {
            throw VcdException.BadRequest($"validation error on field 'ComputerName': '{computerName}' is no name of a computer: letters, digits and hyphens, not digits alone, at most {longest}.");
        }

        // "AdminPasswordAuto must be false" (schema) where a password is given.
        if (Xml.Text(section, "AdminPassword") is { Length: > 0 } && settings.IsAdminPasswordAuto) throw VcdException.BadRequest("validation error on field 'AdminPassword': AdminPasswordAuto must be false where a password is given.");
        if (settings is { HasAdminPassword: true, IsAdminPasswordAuto: false, AdminPassword: null or "" }) throw VcdException.BadRequest("validation error on field 'AdminPassword': a password must be given where AdminPasswordAuto is false.");
        if (settings is { JoinsDomain: true, UsesOrgSettings: false, DomainName: null or "" }) throw VcdException.BadRequest("validation error on field 'DomainName': a domain must be given where JoinDomainEnabled is true.");
        if (settings.Script?.Length > LongestScript) throw VcdException.BadRequest($"validation error on field 'CustomizationScript': more than {LongestScript} characters.");
        return (settings, computerName);
    }
}
