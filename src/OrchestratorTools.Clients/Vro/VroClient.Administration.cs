using System.Net;
using System.Security;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>Scopes, licence, client accounts and the set-up of a second factor.</summary>
public sealed partial class VroClient
{
    /// <summary>The scopes (GET Scopes).</summary>
    public IAsyncEnumerable<VroScope> ListScopesAsync(VroListQuery? query, CancellationToken cancellationToken) => ListAllAsync("Scopes", query, VroScope.From, cancellationToken);

    /// <summary>The licence usage of the server, or of a scope (GET License/Usage/…).</summary>
    public async Task<VroLicenseUsage> GetLicenseUsageAsync(VroScope? scope, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(scope is null ? "License/Usage/Server" : $"License/Usage/Scopes/{Segment(scope.Id)}", cancellationToken).ConfigureAwait(false)
            ?? throw Session.Error(OrchestratorErrorKind.Protocol, $"{Session.Server.Authority} answered the question for the licence usage with an empty body.");
        var usage = Session.Stamp(VroLicenseUsage.From(VroAssumptions.Unwrap(answer)));
        (usage.Scope, usage.ScopeId) = (scope?.Name, scope?.Id);
        return usage;
    }

    /// <summary>The client accounts (GET Clients: a bare list of ids). A client account sees only itself.</summary>
    public async Task<IReadOnlyList<VroClientAccount>> ListClientsAsync(CancellationToken cancellationToken)
    {
        EnsureOffered("Clients", VroAssumptions.Version13);
        var ids = await ListAsync("Clients", missingIsEmpty: false, cancellationToken).ConfigureAwait(false);
        return ids.Select(i => i.ValueKind is JsonValueKind.String ? i.GetString() : VroJson.Text(i, "client_id") ?? VroJson.Text(i, "id"))
            .Where(id => !string.IsNullOrEmpty(id))
            .Select(id => Session.Stamp(new VroClientAccount { Id = id!, IsOwn = IsOwn(id!) }))
            .ToArray();
    }

    /// <summary>Makes a client account (POST Clients). Sent once; the secret is in the answer and nowhere else.</summary>
    public async Task<VroClientAccount> CreateClientAsync(CancellationToken cancellationToken)
    {
        EnsureOffered("Clients", VroAssumptions.Version13);
        if (Session.IsClientAccount is true)
        {
            throw Session.Error(OrchestratorErrorKind.Permission, $"'{Session.User}' is a client account, and client accounts cannot make others. Nothing was sent.", "Connect with a user account: Connect-Vro -Credential ...");
        }

        var answer = await SendSecretAsync("Clients", null, anonymous: false, "An account may have been made whose secret nobody knows: Get-VroClient lists them, Remove-VroClient removes the one that is new.", cancellationToken).ConfigureAwait(false);
        var (id, secret) = (VroJson.Text(answer, "client_id"), VroJson.Text(answer, "client_secret"));
        Session.Redactor.Add(secret);
        return string.IsNullOrEmpty(id) || string.IsNullOrEmpty(secret)
            ? throw Session.Error(OrchestratorErrorKind.Protocol, $"{Session.Server.Authority} made a client account, but its answer holds no client_id and client_secret.", "Get-VroClient lists the accounts; remove the one that is new.")
            : Session.Stamp(new VroClientAccount { Id = id, Secret = SecretText.From(secret) });
    }

    /// <summary>Removes a client account (DELETE Clients?clientId=). Repeated where that is safe; that it is gone after a repetition is what was wanted.</summary>
    public async Task RemoveClientAsync(string clientId, CancellationToken cancellationToken)
    {
        EnsureOffered("Clients", VroAssumptions.Version13);
        if (Session.IsClientAccount is true && !IsOwn(clientId))
        {
            throw Session.Error(OrchestratorErrorKind.Permission, $"'{Session.User}' is a client account, and client accounts see and remove only themselves. Nothing was sent.", "Connect with a user account: Connect-Vro -Credential ...");
        }

        using var request = new HttpRequestMessage(HttpMethod.Delete, Session.At($"Clients?clientId={Uri.EscapeDataString(clientId)}"));
        try
        {
            using var response = await Session.SendAsync(request, RequestClass.Idempotent, _observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound && request.Options.TryGetValue(RequestKeys.Attempts, out var attempts) && attempts.Count > 1)
        {
            _observer.Verbose($"Client account {clientId} is gone: an earlier attempt removed it.");
        }
    }

    /// <summary>
    /// Makes the key of a second factor (POST Mfa/GenerateMfaCode): for an account whose password alone is not enough, or, without one, for this connection's own.
    /// </summary>
    public async Task<VroMfaSecret> CreateMfaSecretAsync(string? user, SecureString? password, CancellationToken cancellationToken)
    {
        if (Session.Version < VroAssumptions.MfaVersion)
        {
            throw Session.Error(OrchestratorErrorKind.Validation, $"The connection to {Session.Server.Authority} uses API {Session.ApiVersion}, which has no GenerateMfaCode: it came with v7.21. Nothing was sent.", "Connect with -ApiVersion v7.21.");
        }

        var account = user ?? Session.User;
        var token = user is null ? null : await Session.RequestMfaTokenAsync(user, password!, _observer, cancellationToken).ConfigureAwait(false);
        JsonElement answer;
        try
        {
            answer = await SendSecretAsync(
                "Mfa/GenerateMfaCode",
                JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>(StringComparer.Ordinal) { ["mfaToken"] = token }),
                anonymous: token is not null,
                "A key may have been made that nobody knows. If so, the second factor has to be reset at the server.",
                cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.StatusCode is HttpStatusCode.Unauthorized)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Conflict, $"{Session.Server.Authority} makes no key for '{account}': it says so (HTTP 401) where one was made before, and where the account has no second factor of its own.", e)
            {
                StatusCode = e.StatusCode,
                RecommendedAction = "Have the second factor of the account reset at the server, then try again.",
            };
        }

        var (key, url) = (VroJson.Text(answer, "mfaKey"), VroJson.Text(answer, "mfaQrCodeUrl"));
        Session.Redactor.Add(key);
        Session.Redactor.Add(url);
        return string.IsNullOrEmpty(key)
            ? throw Session.Error(OrchestratorErrorKind.Protocol, $"{Session.Server.Authority} answered without a key (mfaKey).", "If a key was made, the second factor has to be reset at the server.")
            : Session.Stamp(new VroMfaSecret { Account = account, Secret = SecretText.From(key), OtpAuthUrl = SecretText.From(url) });
    }

    /// <summary>The fields that the items of a collection have, from one of them; empty where there is none to look at.</summary>
    public async Task<IReadOnlyList<string>> ReadFieldNamesAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var page = await GetPageAsync(Session.At($"{path}?start=0&limit=1"), cancellationToken).ConfigureAwait(false);
        return page.Items is [{ ValueKind: JsonValueKind.Object } one, ..] ? one.EnumerateObject().Select(m => m.Name).Order(StringComparer.OrdinalIgnoreCase).ToArray() : [];
    }

    private bool IsOwn(string clientId) => Session.IsClientAccount is true && clientId.Equals(Session.User, StringComparison.OrdinalIgnoreCase);

    // Neither what is sent nor what comes is shown, not even under -Debug (facts/vro.md, trap 7).
    private async Task<JsonElement> SendSecretAsync(string path, byte[]? body, bool anonymous, string hint, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Session.At(path));
        if (body is not null)
        {
            request.Content = JsonContent(body);
        }

        request.Headers.Accept.ParseAdd("application/json");
        request.Options.Set(RequestKeys.Secret, true);
        request.Options.Set(RequestKeys.Anonymous, anonymous);
        request.Options.Set(RequestKeys.OutcomeHint, hint);
        using var response = await Session.SendAsync(request, RequestClass.Change, _observer, cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(await VroJson.ReadTextAsync(response, cancellationToken).ConfigureAwait(false), VroJson.Options);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? VroAssumptions.Unwrap(document.RootElement.Clone())
                : throw Session.Unreadable(request, response, RequestClass.Change, "its JSON is no object");
        }
        catch (JsonException e)
        {
            // The message of a JSON error may quote the text: the text is a secret.
            throw Session.Unreadable(request, response, RequestClass.Change, $"its JSON cannot be read, at line {e.LineNumber + 1}");
        }
    }
}
