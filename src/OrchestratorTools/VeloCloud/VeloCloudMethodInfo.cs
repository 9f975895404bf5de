using System.Diagnostics.CodeAnalysis;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>An operation of one of the two APIs, as Find-VeloCloudMethod shows it.</summary>
public sealed class VeloCloudMethodInfo
{
    internal VeloCloudMethodInfo(VeloCloudOperation operation)
    {
        Name = operation.Name;
        Api = "v1";
        Verb = "POST";
        Path = "/portal/rest/" + operation.Name;
        Object = operation.Name.Split('/')[0];
        Parameter = operation.Parameters.Select(p => new VeloCloudMethodParameter(p.Name, p.Type, p.IsRequired, "Body", p.Words)).ToArray();
        Privilege = operation.Privileges;
        IsOperatorOnly = operation.IsOperatorOnly;
        IsRead = operation.IsRead;
        IsDefined = true;
        Returns = operation.Returns;
        Member = operation.Members;
        Cmdlet = VeloCloudCoverage.Of(operation.Name);
    }

    internal VeloCloudMethodInfo(VeloCloudV2Operation operation)
    {
        Name = operation.Name;
        Api = "v2";
        Verb = operation.Method;
        Path = operation.Path;
        Object = operation.Path.Trim('/').Split('/').Last(p => p[0] != '{');
        Parameter = operation.Parameters.Select(p => new VeloCloudMethodParameter(p.Name, p.Type, p.IsRequired, p.IsInPath ? "Path" : "Query", p.Words))
            .Concat(operation.BodyMembers.Select(m => new VeloCloudMethodParameter(m, "object", false, "Body", [])))
            .ToArray();
        Privilege = [];
        IsRead = operation.IsRead;
        IsDefined = true;
        Returns = operation.Members.Contains("data", StringComparer.Ordinal) ? "array" : operation.Success.Contains("204", StringComparer.Ordinal) ? "none" : "object";
        Member = operation.Members;
        Cmdlet = VeloCloudCoverage.Of("v2:" + operation.Name);
    }

    // A method that is in use and in no definition.
    internal VeloCloudMethodInfo(string seen)
    {
        Name = seen;
        Api = "v1";
        Verb = "POST";
        Path = "/portal/rest/" + seen;
        Object = seen.Split('/')[0];
        Parameter = [];
        Privilege = [];
        IsRead = VeloCloudReadMethods.Contains(seen);
        Returns = "unknown";
        Member = [];
        Cmdlet = VeloCloudCoverage.Of(seen);
    }

    /// <summary>The name: object/method of the portal API (Invoke-VeloCloudMethod takes it), or the definition's name of an operation of APIv2.</summary>
    public string Name { get; }

    /// <summary>v1 (the portal API) or v2.</summary>
    public string Api { get; }

    /// <summary>The HTTP method; POST for everything of the portal API.</summary>
    public string Verb { get; }

    /// <summary>The path; of APIv2 behind its prefix, as Invoke-VeloCloudRequest takes it, with its places for ids.</summary>
    public string Path { get; }

    /// <summary>What it is about: the part before the slash, or the last word of the path.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The portal API calls what stands before the slash an object.")]
    public string Object { get; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<VeloCloudMethodParameter> Parameter { get; }

    /// <summary>The names of what it takes, a star behind those that it needs.</summary>
    public string Signature => string.Join(", ", Parameter.OrderByDescending(p => p.IsRequired).Select(p => p.ToString()));

    /// <summary>The privileges that it takes, where the definition says so.</summary>
    public IReadOnlyList<string> Privilege { get; }

    /// <summary>True where only operators may call it.</summary>
    public bool IsOperatorOnly { get; }

    /// <summary>True where it changes nothing: it is sent without a question, and again when its answer is lost.</summary>
    public bool IsRead { get; }

    /// <summary>False for methods that are in use and in no definition; what they take is not checked.</summary>
    public bool IsDefined { get; }

    /// <summary>object, array, none, or unknown.</summary>
    public string Returns { get; }

    /// <summary>The members of what it returns, where they are listed.</summary>
    public IReadOnlyList<string> Member { get; }

    /// <summary>The cmdlets that do it.</summary>
    public IReadOnlyList<string> Cmdlet { get; }

    /// <summary>What it does, in the words of the cmdlet that does it; null where none does.</summary>
    public string? Description => Cmdlet.Count == 0 ? null : string.Join(" ", Cmdlet.Select(VeloCloudSynopses.Of).OfType<string>().Distinct(StringComparer.Ordinal)) is { Length: > 0 } text ? text : null;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>What an operation takes.</summary>
/// <param name="Name">The name; letter case counts.</param>
/// <param name="Type">The type, as the definition writes it.</param>
/// <param name="IsRequired">True where the operation refuses to go without.</param>
/// <param name="Place">Body, Path or Query.</param>
/// <param name="Words">The values that it may have, where they are listed.</param>
public sealed record VeloCloudMethodParameter(string Name, string Type, bool IsRequired, string Place, IReadOnlyList<string> Words)
{
    /// <summary>The name, with a star where it is required.</summary>
    public override string ToString() => IsRequired ? Name + "*" : Name;
}
