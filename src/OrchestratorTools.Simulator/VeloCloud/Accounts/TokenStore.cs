using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The API tokens. Safe for many threads.</summary>
internal sealed class TokenStore(TimeProvider clock)
{
    private readonly object _lock = new();
    private readonly List<ApiToken> _tokens = [];

    /// <summary>Makes a token. It is worth nothing before it has been downloaded.</summary>
    public ApiToken Create(Account owner, Account creator, string name, string? description, TimeSpan life)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var token = new ApiToken(_tokens.Count + 1, owner, creator, name, description, now, life, Secret(_tokens.Count + 1, now, now + life));
            _tokens.Add(token);
            return token;
        }
    }

    /// <summary>Takes over a token of another Orchestrator's user of the same name: it is worth the same here.</summary>
    public void Import(string secret, Account owner)
    {
        lock (_lock)
        {
            _tokens.Add(new ApiToken(_tokens.Count + 1, owner, owner, "simulator", description: null, clock.GetUtcNow(), VeloAssumptions.TokenLife, secret) { IsDownloaded = true });
        }
    }

    /// <summary>Whose token this is; null where it is not one, or no longer.</summary>
    public Account? Find(string secret)
    {
        lock (_lock)
        {
            return _tokens.Find(t => string.Equals(t.Secret, secret, StringComparison.Ordinal) && t.IsValid(clock.GetUtcNow()))?.Owner is { IsUsable: true } owner ? owner : null;
        }
    }

    /// <summary>The token of an id; null where there is none.</summary>
    public ApiToken? Find(long id)
    {
        lock (_lock)
        {
            return _tokens.Find(t => t.Id == id);
        }
    }

    /// <summary>Gives a token out, the first time only; null afterwards.</summary>
    public string? Download(ApiToken token)
    {
        lock (_lock)
        {
            if (token.IsDownloaded || token.IsRevoked)
                return null;

            token.IsDownloaded = true;
            return token.Secret;
        }
    }

    /// <summary>Replaces a valid token by a new one of the same life; null where it is not valid.</summary>
    public string? Refresh(string secret)
    {
        lock (_lock)
        {
            var old = _tokens.Find(t => string.Equals(t.Secret, secret, StringComparison.Ordinal) && t.IsValid(clock.GetUtcNow()));
            if (old is null)
                return null;

            old.IsRevoked = true;
            return Download(Create(old.Owner, old.Owner, old.Name, old.Description, old.Life));
        }
    }

    public void RevokeAll()
    {
        lock (_lock)
        {
            _tokens.ForEach(t => t.IsRevoked = true);
        }
    }

    public IReadOnlyList<ApiToken> List(Func<ApiToken, bool> isMeant)
    {
        lock (_lock)
        {
            return [.. _tokens.Where(isMeant)];
        }
    }

    /// <summary>A token in the shape of a JWT. Nobody reads what is in it.</summary>
    private static string Secret(int id, DateTimeOffset from, DateTimeOffset to)
    {
        var header = """{"alg":"HS256","typ":"JWT"}""";
        var payload = new JsonObject { ["tokenUuid"] = Invented.LogicalId("token", id), ["exp"] = to.ToUnixTimeSeconds(), ["iat"] = from.ToUnixTimeSeconds() };
        return $"{Part(Encoding.UTF8.GetBytes(header))}.{Part(JsonSerializer.SerializeToUtf8Bytes(payload))}.{Part(RandomNumberGenerator.GetBytes(32))}";
    }

    private static string Part(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
