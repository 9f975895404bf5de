using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Simulator;

namespace OrchestratorTools;

/// <summary>A running simulator of the three servers, as Start-OrchestratorSimulator returns it. Its process ends with this one.</summary>
public sealed class OrchestratorSimulator
{
    private readonly Process _process;

    internal OrchestratorSimulator(Process process, JsonElement greeting)
    {
        _process = process;
        Id = process.Id;
        CertificateThumbprint = greeting.GetProperty("certificateThumbprint").GetString()!;
        var control = greeting.GetProperty("control");
        ControlServer = new Uri(control.GetProperty("server").GetString()!);
        var token = control.GetProperty("token").GetString()!;
        ControlToken = SecretText.From(token)!;
        Control = new SimulatorControl(ControlServer, token);
        VeloCloud = new SimulatedServer(greeting.GetProperty("veloCloud"), CertificateThumbprint);
        VeloCloudStandby = new SimulatedServer(greeting.GetProperty("veloCloudStandby"), CertificateThumbprint);
        Vcd = new SimulatedServer(greeting.GetProperty("vcd"), CertificateThumbprint);
        Vro = new SimulatedServer(greeting.GetProperty("vro"), CertificateThumbprint);
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>True until the simulator was stopped or ended.</summary>
    public bool IsRunning
    {
        get
        {
            try
            {
                return !_process.HasExited;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }

    /// <summary>The VeloCloud SD-WAN Orchestrator.</summary>
    public SimulatedServer VeloCloud { get; }

    /// <summary>A second VeloCloud SD-WAN Orchestrator, freshly installed: it can be made the standby of the first.</summary>
    public SimulatedServer VeloCloudStandby { get; }

    /// <summary>The vCloud Director.</summary>
    public SimulatedServer Vcd { get; }

    /// <summary>The Veeam Recovery Orchestrator.</summary>
    public SimulatedServer Vro { get; }

    /// <summary>SHA-256 thumbprint of the certificate of all three.</summary>
    public string CertificateThumbprint { get; }

    /// <summary>The control address, for what no cmdlet covers (docs/simulator.md).</summary>
    public Uri ControlServer { get; }

    /// <summary>What the control address wants in the header X-Control-Token.</summary>
    public SecureString ControlToken { get; }

    internal SimulatorControl Control { get; }

    /// <inheritdoc/>
    public override string ToString() => $"OrchestratorSimulator {Id}";

    /// <summary>Ends the process: in good order by closing its input, by force where that takes longer than two seconds.</summary>
    internal void Stop()
    {
        if (IsRunning)
        {
            try
            {
                _process.StandardInput.Close();
                if (!_process.WaitForExit(2000))
                {
                    _process.Kill();
                }
            }
            catch (Exception e) when (e is InvalidOperationException or IOException)
            {
                // It ended by itself in between.
            }
        }

        Control.Dispose();
    }
}

/// <summary>One of the simulator's three servers, with an account to use.</summary>
public sealed class SimulatedServer
{
    internal SimulatedServer(JsonElement greeting, string thumbprint)
    {
        Server = new Uri(greeting.GetProperty("server").GetString()!);
        CertificateThumbprint = thumbprint;
        var main = new SimulatedUser(greeting);
        Credential = main.Credential!;
        Token = main.Token;
        Organization = main.Organization;
        ClientId = greeting.TryGetProperty("clientId", out var id) ? id.GetString() : null;
        ClientSecret = greeting.TryGetProperty("clientSecret", out var secret) ? SecretText.From(secret.GetString()) : null;
        Token ??= ClientSecret;
        Users = new ReadOnlyCollection<SimulatedUser>(greeting.TryGetProperty("users", out var users) ? users.EnumerateArray().Select(u => new SimulatedUser(u)).ToArray() : []);
    }

    /// <summary>The address to connect to.</summary>
    public Uri Server { get; }

    /// <summary>The main account.</summary>
    public PSCredential Credential { get; }

    /// <summary>The main account's API token; Veeam Recovery Orchestrator: the client secret.</summary>
    public SecureString? Token { get; }

    /// <summary>vCloud Director: the organization to log in to.</summary>
    public string? Organization { get; }

    /// <summary>Veeam Recovery Orchestrator: the client account.</summary>
    public string? ClientId { get; }

    /// <summary>Veeam Recovery Orchestrator: the client account's secret.</summary>
    public SecureString? ClientSecret { get; }

    /// <summary>SHA-256 thumbprint of the server's certificate, for -ServerCertificateThumbprint.</summary>
    public string CertificateThumbprint { get; }

    /// <summary>All accounts, the main one first.</summary>
    public IReadOnlyList<SimulatedUser> Users { get; }

    /// <inheritdoc/>
    public override string ToString() => Server.AbsoluteUri;
}

/// <summary>An account of a simulated server.</summary>
public sealed class SimulatedUser
{
    internal SimulatedUser(JsonElement user)
    {
        Name = Text(user, "user") ?? string.Empty;
        Tier = Text(user, "tier") ?? Text(user, "role");
        Organization = Text(user, "organization");
        Credential = Text(user, "password") is { } password ? new PSCredential(Name, SecretText.From(password)) : null;
        Token = SecretText.From(Text(user, "token"));
        MfaKey = SecretText.From(Text(user, "mfaKey"));
    }

    /// <summary>The user name.</summary>
    public string Name { get; }

    /// <summary>customer, partner or operator; Veeam Recovery Orchestrator: the role.</summary>
    public string? Tier { get; }

    /// <summary>vCloud Director: the organization.</summary>
    public string? Organization { get; }

    /// <summary>User name and password.</summary>
    public PSCredential? Credential { get; }

    /// <summary>An API token, where the account has one.</summary>
    public SecureString? Token { get; }

    /// <summary>The base32 key of the second factor, where the account has one.</summary>
    public SecureString? MfaKey { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string? Text(JsonElement user, string member)
        => user.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
