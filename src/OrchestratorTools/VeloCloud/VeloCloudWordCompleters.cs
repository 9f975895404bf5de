using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;

namespace OrchestratorTools.VeloCloud;

/// <summary>Completes words that are known. Others may be typed: releases add new ones.</summary>
internal abstract class VeloCloudWordCompleter(params string[] words) : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From(Words(fakeBoundParameters), wordToComplete);
    }

    /// <summary>The words, where what was typed already decides them.</summary>
    private protected virtual IReadOnlyList<string> Words(IDictionary bound) => words;
}

/// <summary>Completes severities of events (facts: APIv2's definition).</summary>
internal sealed class VeloCloudSeverityCompleter() : VeloCloudWordCompleter("EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG");

/// <summary>Completes kinds of event that are often looked for.</summary>
internal sealed class VeloCloudEventTypeCompleter() : VeloCloudWordCompleter(
    "EDGE_CONFIGURATION_APPLIED", "EDGE_DOWN", "EDGE_HA_FAILED", "EDGE_HA_READY", "EDGE_NEW_CONFIGURATION_ASSIGNED", "EDGE_NVS_TUNNEL_DOWN", "EDGE_NVS_TUNNEL_UP", "EDGE_REBOOTING", "EDGE_UP",
    "GATEWAY_DOWN", "GATEWAY_UP", "LINK_ALIVE", "LINK_DEAD", "LINK_USABLE", "LINK_UNUSABLE", "MGD_CONF_APPLIED", "USER_LOGIN", "USER_LOGIN_FAILURE", "USER_LOGOUT", "VPN_DATACENTER_STATUS");

/// <summary>Completes kinds of alert (facts: APIv2's definition).</summary>
internal sealed class VeloCloudAlertTypeCompleter() : VeloCloudWordCompleter(
    "EDGE_CSS_TUNNEL_DOWN", "EDGE_CSS_TUNNEL_UP", "EDGE_DOWN", "EDGE_HA_FAILOVER", "EDGE_SERVICE_DOWN", "EDGE_UP", "GATEWAY_SERVICE_DOWN", "LINK_DOWN", "LINK_UP", "NVS_FROM_EDGE_TUNNEL_DOWN",
    "NVS_FROM_EDGE_TUNNEL_UP", "TEST_ALERT", "VNF_IMAGE_DOWNLOAD_EVENT", "VNF_INSERTION_EVENT", "VNF_VM_EVENT", "VPN_TUNNEL_DOWN");

/// <summary>Completes states of alerts (facts: APIv2's definition).</summary>
internal sealed class VeloCloudAlertStateCompleter() : VeloCloudWordCompleter("ACTIVE", "CLOSED", "PENDING");

/// <summary>Completes kinds of lines of a firewall's log.</summary>
internal sealed class VeloCloudFirewallLineCompleter() : VeloCloudWordCompleter("ALLOW", "CLOSE", "DENY", "OPEN");

/// <summary>Completes states of links.</summary>
internal sealed class VeloCloudLinkStateCompleter() : VeloCloudWordCompleter("DEAD", "DISCONNECTED", "QUIET", "STABLE", "STANDBY", "UNKNOWN", "UNSTABLE");

/// <summary>Completes states of tunnels (facts: APIv2's definition).</summary>
internal sealed class VeloCloudTunnelStateCompleter() : VeloCloudWordCompleter("DOWN", "PENDING", "STANDBY", "UNKNOWN", "UP");

/// <summary>Completes states of BGP sessions.</summary>
internal sealed class VeloCloudBgpStateCompleter() : VeloCloudWordCompleter("ACTIVE", "CONNECT", "ESTABLISHED", "IDLE", "OPENCONFIRM", "OPENSENT");

/// <summary>Completes states of gateways.</summary>
internal sealed class VeloCloudGatewayStateCompleter() : VeloCloudWordCompleter("CONNECTED", "DEGRADED", "NEVER_ACTIVATED", "OFFLINE", "OUT_OF_SERVICE", "QUIESCED");

/// <summary>Completes the metrics of the kind that was typed already, and all where none was.</summary>
internal sealed class VeloCloudMetricCompleter : VeloCloudWordCompleter
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Words(IDictionary bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return Enum.TryParse<VeloCloudMetricKind>(bound["By"]?.ToString(), ignoreCase: true, out var by)
            ? MetricCatalog.MetricsOf(by)
            : [.. Enum.GetValues<VeloCloudMetricKind>().SelectMany(MetricCatalog.MetricsOf).Distinct(StringComparer.Ordinal)];
    }
}
