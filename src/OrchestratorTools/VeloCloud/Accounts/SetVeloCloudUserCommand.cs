using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Changes users: role, password, names, whether they may log in.</summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudUser", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VeloCloudUser))]
public sealed class SetVeloCloudUserCommand : VeloCloudUserCmdlet
{
    /// <summary>The role, by name or id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    /// <summary>A new password.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>The present password, where the server wants it of those who change their own.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? CurrentPassword { get; set; }

    /// <summary>The first name.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? FirstName { get; set; }

    /// <summary>The last name.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? LastName { get; set; }

    /// <summary>The e-mail address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Email { get; set; }

    /// <summary>A telephone.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? OfficePhone { get; set; }

    /// <summary>A telephone.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? MobilePhone { get; set; }

    /// <summary>BASIC or PRIVILEGED.</summary>
    [Parameter]
    [ValidateSet("BASIC", "PRIVILEGED")]
    public string? AccessLevel { get; set; }

    /// <summary>The user may log in.</summary>
    [Parameter]
    public SwitchParameter Enable { get; set; }

    /// <summary>The user may not log in any more.</summary>
    [Parameter]
    public SwitchParameter Disable { get; set; }

    /// <summary>Lets a user in again who was locked out.</summary>
    [Parameter]
    public SwitchParameter Unlock { get; set; }

    /// <summary>Returns the user as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Enable && Disable)
        {
            ThrowBadParameter(nameof(Disable), true, "it contradicts -Enable.");
        }

        if (CurrentPassword is not null && Password is null)
        {
            ThrowBadParameter(nameof(CurrentPassword), string.Empty, "it means something only with -Password.");
        }

        if (Changes(null) is { Count: 0 })
        {
            ThrowBadParameter(nameof(Role), string.Empty, "nothing is to be changed: give -Role, -Password, -FirstName, -LastName, -Email, -OfficePhone, -MobilePhone, -AccessLevel, -Enable, -Disable or -Unlock.");
        }
    }

    /// <inheritdoc/>
    private protected override void Do(VeloCloudClient client, VeloCloudAccountScope scope, VeloCloudUser user)
    {
        var role = Role is null ? null : Await(token => VeloCloudUserLookup.RoleAsync(client, scope, Role, token));
        var own = IsOwn(client.Session, user);
        if (!ShouldProcess(Describe(user, scope) + (own ? ", whose password this connection uses" : string.Empty), "Change " + string.Join(", ", Changes(role?.Name))))
        {
            return;
        }

        var changes = new VeloCloudUserChanges
        {
            Password = Password,
            CurrentPassword = CurrentPassword,
            RoleId = role?.Id,
            FirstName = FirstName,
            LastName = LastName,
            Email = Email,
            OfficePhone = OfficePhone,
            MobilePhone = MobilePhone,
            AccessLevel = AccessLevel?.ToUpperInvariant(),
            IsActive = Enable ? true : Disable ? false : null,
            IsLocked = Unlock ? false : null,
        };
        Await(token => client.ChangeUserAsync(scope, user.Id, changes, token));
        if (own && Password is not null)
        {
            WriteWarning($"Connection '{client.Session.ConnectionName}' logs in as '{user.Username}' with the old password, and cannot renew its session with it: run Connect-VeloCloud again.");
        }

        if (PassThru)
        {
            WriteObject(Await(token => VeloCloudUserLookup.OfIdAsync(client, scope, nameof(Id), user.Id, token)));
        }
    }

    // What is changed, in words, without the secrets.
    private List<string> Changes(string? roleName)
    {
        var changes = new List<string>();
        Add(Role is not null, $"the role to '{roleName}'");
        Add(Password is not null, "the password");
        Add(FirstName is not null, $"the first name to '{FirstName}'");
        Add(LastName is not null, $"the last name to '{LastName}'");
        Add(Email is not null, $"the e-mail address to '{Email}'");
        Add(OfficePhone is not null, $"the office telephone to '{OfficePhone}'");
        Add(MobilePhone is not null, $"the mobile telephone to '{MobilePhone}'");
        Add(AccessLevel is not null, $"the access level to {AccessLevel?.ToUpperInvariant()}");
        Add(Enable, "the user to active");
        Add(Disable, "the user to inactive");
        Add(Unlock, "the user to not locked");
        return changes;

        void Add(bool isChanged, string text)
        {
            if (isChanged)
            {
                changes.Add(text);
            }
        }
    }
}
