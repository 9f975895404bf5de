using System.Globalization;
using System.Security;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <content>API tokens (facts/velocloud.md, "API tokens"): made, downloaded once, refreshed, revoked.</content>
public sealed partial class VeloCloudClient
{
    /// <summary>The longest life that a token can have.</summary>
    public static TimeSpan LongestTokenLife => VeloCloudAssumptions.LongestTokenLife;

    /// <summary>True where the tokens of a tier can be refreshed.</summary>
    public static bool CanRefreshTokens(VeloCloudTier tier) => tier is not VeloCloudTier.Partner;

    /// <summary>The tokens of an enterprise's, a partner's or the operator's users.</summary>
    public async Task<IReadOnlyList<VeloCloudApiToken>> GetApiTokensAsync(VeloCloudAccountScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Tokens(await CallAsync(TokenObject(scope.Tier) + "/getApiTokens", writer => WriteScope(writer, scope), cancellationToken).ConfigureAwait(false), scope);
    }

    /// <summary>The tokens of one user.</summary>
    public async Task<IReadOnlyList<VeloCloudApiToken>> GetApiTokensAsync(VeloCloudAccountScope scope, long userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var method = scope.Tier is VeloCloudTier.Operator ? "operatorUser/getApiTokens" : "enterpriseUser/getApiTokens";
        return Tokens(await CallAsync(method, writer => writer.WriteNumber("id", userId), cancellationToken).ConfigureAwait(false), scope);
    }

    /// <summary>Makes a token, once, and returns its id. It is worth nothing before it is downloaded.</summary>
    public async Task<long> CreateApiTokenAsync(VeloCloudAccountScope scope, long userId, string name, string? description, TimeSpan life, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var method = TokenObject(scope.Tier) + "/createApiToken";
        var result = await ChangeAsync(
            method,
            writer =>
            {
                writer.WriteNumber(scope.Tier is VeloCloudTier.Operator ? "operatorUserId" : "enterpriseUserId", userId);
                writer.WriteString("name", name);
                WriteText(writer, "description", description);
                writer.WriteNumber("lifetimeMs", (long)life.TotalMilliseconds);
            },
            $"A token named '{name}' may exist: Get-VeloCloudApiToken shows it, Revoke-VeloCloudApiToken ends it.",
            cancellationToken).ConfigureAwait(false);
        return result.Id ?? throw session.Error(OrchestratorErrorKind.OutcomeUnknown, $"{method}: the answer names no id; whether a token was made is unknown. It was not sent again.", $"Get-VeloCloudApiToken shows whether there is one named '{name}'.");
    }

    /// <summary>Downloads a token. That can be done once: it is sent once, and a lost answer is a lost token.</summary>
    public async Task<SecureString> DownloadApiTokenAsync(VeloCloudAccountScope scope, long id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var result = await ChangeAsync(
            TokenObject(scope.Tier) + "/downloadApiToken",
            writer =>
            {
                writer.WriteNumber("id", id);
                WriteScope(writer, scope);
            },
            string.Create(CultureInfo.InvariantCulture, $"A token is given out once. Revoke this one (Revoke-VeloCloudApiToken -Id {id}), and make another."),
            cancellationToken).ConfigureAwait(false);
        return SecretText.From(result.Text("token")) ?? throw session.Error(OrchestratorErrorKind.Protocol, string.Create(CultureInfo.InvariantCulture, $"The answer to the download of token {id} holds no token."), string.Create(CultureInfo.InvariantCulture, $"Revoke it (Revoke-VeloCloudApiToken -Id {id}), and make another."));
    }

    /// <summary>Replaces a token by a new one, once. Not for partners' tokens: there is no such method.</summary>
    public async Task<SecureString> RefreshApiTokenAsync(VeloCloudTier tier, SecureString token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        var method = TokenObject(tier) + "/refreshApiToken";
        var result = await ChangeAsync(
            method,
            writer => writer.WriteString("apiToken", SecretText.Reveal(token)),
            "The old token may have ended, and the new one is lost: log in with a password, revoke what is left (Get-VeloCloudApiToken, Revoke-VeloCloudApiToken) and make another (New-VeloCloudApiToken).",
            cancellationToken).ConfigureAwait(false);
        return SecretText.From(result.Text("token")) ?? throw session.Error(OrchestratorErrorKind.Protocol, $"{method}: the answer holds no token.", "Make another one with New-VeloCloudApiToken.");
    }

    /// <summary>Revokes a token, once.</summary>
    public async Task RevokeApiTokenAsync(VeloCloudAccountScope scope, long id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await ChangeAsync(
            TokenObject(scope.Tier) + "/revokeApiToken",
            writer =>
            {
                writer.WriteNumber("id", id);
                WriteScope(writer, scope);
            },
            "Get-VeloCloudApiToken shows whether it is revoked.",
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A token as far as it is known without a list.</summary>
    internal VeloCloudApiToken DescribeApiToken(VeloCloudAccountScope scope, long id, string name, string? description, long? userId)
    {
        var json = JsonSerializer.SerializeToElement(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = id,
            ["name"] = name,
            ["description"] = description,
            ["createdForEnterpriseUserId"] = userId,
        });
        var token = Made(e => new VeloCloudApiToken(e, scope.Tier), json)!;
        (token.EnterpriseId, token.PartnerId) = (scope.EnterpriseId, scope.PartnerId);
        return token;
    }

    private static string TokenObject(VeloCloudTier tier) => tier switch
    {
        VeloCloudTier.Operator => "network",
        VeloCloudTier.Partner => "enterpriseProxy",
        _ => "enterprise",
    };

    // The definition declares one object where a list is to be expected: either is taken.
    private List<VeloCloudApiToken> Tokens(JsonElement? answer, VeloCloudAccountScope scope)
    {
        var list = answer ?? default;
        if (list.ValueKind is JsonValueKind.Object && list.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Array)
        {
            list = data;
        }

        var tokens = new List<VeloCloudApiToken>();
        foreach (var element in list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().ToArray() : list.ValueKind is JsonValueKind.Object ? [list] : [])
        {
            if (Made(e => new VeloCloudApiToken(e, scope.Tier), element) is { } token)
            {
                token.EnterpriseId ??= scope.EnterpriseId;
                token.PartnerId ??= scope.PartnerId;
                tokens.Add(token);
            }
        }

        return tokens;
    }
}
