using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What a user stands above: one customer's enterprise, a partner's enterprises, or all of them.</summary>
internal enum Tier
{
    Customer,
    Partner,
    Operator,
}

/// <summary>Someone who can log in, in the shape of the portal's users. Safe for many threads.</summary>
internal sealed class Account : ServerRecord
{
    private readonly DateTimeOffset _created;
    private volatile Role _role;
    private volatile string _username;
    private volatile string _password;
    private long _lastLogin;

    /// <param name="id">The user's id; one sequence for all tiers.</param>
    /// <param name="tier">Which of the three.</param>
    /// <param name="username">An e-mail address, as the portal has it.</param>
    /// <param name="password">Not kept anywhere but here and in the greeting.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="created">Since when there is such a user.</param>
    public Account(int id, Tier tier, string username, string password, Role role, DateTimeOffset created)
    {
        Id = id;
        Tier = tier;
        _username = username;
        _password = password;
        _role = role;
        _created = created;
    }

    public int Id { get; }

    public Tier Tier { get; }

    /// <summary>The customer's enterprise; null for the others.</summary>
    public int? EnterpriseId { get; init; }

    /// <summary>The partner's id; null for the others.</summary>
    public int? ProxyId { get; init; }

    public string Username => _username;

    public string Password => _password;

    public Role Role => _role;

    /// <summary>A role that may only look, and may not have API tokens.</summary>
    public bool IsReadOnly => _role.Level == RoleLevel.ReadOnly;

    public bool IsActive { get; private set; } = true;

    public bool IsLocked { get; private set; }

    /// <summary>Whether it has been deleted since: its sessions and tokens are worth nothing then.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether it may be used.</summary>
    public bool IsUsable => IsActive && !IsLocked && !IsGone;

    public bool HasPassword(string password)
        => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_password), Encoding.UTF8.GetBytes(password));

    public void SetPassword(string password, DateTimeOffset now)
    {
        _password = password;
        Change("passwordModified", JsonSerializer.SerializeToElement(VeloTime.Text(now)));
    }

    public void SetRole(Role role)
    {
        _role = role;
        Refresh();
    }

    /// <summary>Notes a login.</summary>
    public void LoggedIn(DateTimeOffset now)
    {
        Interlocked.Exchange(ref _lastLogin, now.UtcTicks);
        Refresh();
    }

    /// <inheritdoc/>
    protected override void OnChanged(string member, JsonElement value)
    {
        switch (member)
        {
            case "username":
                _username = value.GetString()!;
                break;
            case "isActive":
                IsActive = IsTrue(value);
                break;
            case "isLocked":
                IsLocked = IsTrue(value);
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Write(MemberWriter members)
    {
        var lastLogin = Interlocked.Read(ref _lastLogin);
        members.Number("id", Id);
        members.Text("created", VeloTime.Text(_created));
        members.Text("userType", Role.UserTypeOf(Tier));
        members.Text("username", Username);
        members.Text("domain", "");
        members.Text("password", "");
        members.Text("firstName", "Zoë");
        members.Null("lastName");
        members.Null("officePhone");
        members.Text("mobilePhone", "");
        members.Flag("isNative", true);
        members.Flag("isActive", IsActive);
        members.Flag("isLocked", IsLocked);
        members.Flag("disableSecondFactor", false);
        members.Text("email", Username);
        members.Text("lastLogin", lastLogin == 0 ? VeloTime.Never : VeloTime.Text(new DateTimeOffset(lastLogin, TimeSpan.Zero)));
        members.Text("modified", VeloTime.WithoutZone(_created));
        members.Text("passwordModified", VeloTime.Never);
        members.Number("roleId", _role.Id);
        members.Text("roleName", _role.Name);
        members.Bit("isSuper", _role.Level == RoleLevel.Superuser);
        members.Text("accessLevel", "PRIVILEGED");
        members.Null("sshUsername");
        if (Tier == Tier.Operator)
        {
            members.Number("operatorId", VeloNetwork.OperatorId);
            members.Text("bastionState", "UNCONFIGURED");
        }
        else
        {
            Reference(members, "enterpriseId", EnterpriseId);
            Reference(members, "enterpriseProxyId", ProxyId);
        }

        Reference(members, "networkId", Tier == Tier.Customer ? null : VeloNetwork.Id);
    }

    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.Number && value.GetDouble() != 0);

    private static void Reference(MemberWriter members, string name, int? id)
    {
        if (id is { } number)
            members.Number(name, number);
        else
            members.Null(name);
    }
}
