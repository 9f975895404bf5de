using System.Collections.Frozen;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Keeps the secrets that methods of the portal API take and give out of what is shown.</summary>
internal static class VeloCloudSecrets
{
    // Methods whose bodies are secrets under names that tell nothing, or as a whole.
    private static readonly FrozenSet<string> SecretMethods = new[]
    {
        "disasterRecovery/configureActiveForReplication",
        "disasterRecovery/getReplicationBlob",
        "disasterRecovery/transitionToStandby",
        "edge/edgeProvision",
        "edge/edgeRequestReactivation",
        "edge/updateEdgeAdminPassword",
        "edge/updateEdgeCredentialsByConfiguration",
        "enterprise/decodeEnterpriseKey",
        "enterprise/downloadApiToken",
        "enterprise/encodeEnterpriseKey",
        "enterprise/insertEnterprise",
        "enterprise/insertEnterpriseUser",
        "enterprise/refreshApiToken",
        "enterpriseProxy/downloadApiToken",
        "enterpriseProxy/insertEnterpriseProxyEnterprise",
        "enterpriseProxy/insertEnterpriseProxyUser",
        "enterpriseProxy/updateEnterpriseProxyUser",
        "enterpriseUser/updateEnterpriseUser",
        "network/downloadApiToken",
        "network/refreshApiToken",
        "operatorUser/insertOperatorUser",
        "operatorUser/updateOperatorUser",
        "sshConfig/generateSshKey",
        "sshConfig/importSshKey",
        "systemProperty/getSystemProperties",
        "systemProperty/getSystemProperty",
        "systemProperty/insertOrUpdateSystemProperty",
        "systemProperty/insertSystemProperty",
        "systemProperty/updateSystemProperty",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True where neither a request's body nor its answer's is ever shown.</summary>
    public static bool AreBodiesSecret(string method) => SecretMethods.Contains(method);

    /// <summary>Makes the secrets of a request secret until the result is disposed.</summary>
    public static Guarded Guard(SecretRedactor redactor, string method, byte[] body)
    {
        var forget = new List<IDisposable>();
        using var document = JsonDocument.Parse(body, VeloCloudJson.Options);
        Collect(document.RootElement, text => forget.Add(redactor.AddFor(text)));
        return new Guarded(forget, SecretMethods.Contains(method));
    }

    /// <summary>Makes the secrets of an answer secret from now on.</summary>
    public static void Learn(SecretRedactor redactor, JsonElement answer) => Collect(answer, redactor.Add);

    private static void Collect(JsonElement element, Action<string> add)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (member.Value.ValueKind is JsonValueKind.String && VeloCloudAssumptions.IsSecretName(member.Name))
                    {
                        add(JsonText.Of(member.Value));
                    }
                    else
                    {
                        Collect(member.Value, add);
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, add);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Forgets a request's secrets when it is over.</summary>
    internal sealed class Guarded(List<IDisposable> forget, bool hidesBodies) : IDisposable
    {
        /// <summary>True where neither the request's body nor the answer's is ever shown.</summary>
        public bool HidesBodies => hidesBodies;

        public void Dispose() => forget.ForEach(f => f.Dispose());
    }
}
