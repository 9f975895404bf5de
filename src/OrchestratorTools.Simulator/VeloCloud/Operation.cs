using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What a method gives back.</summary>
internal enum ReturnShape
{
    None,
    Object,
    Array,
}

/// <summary>One parameter of a method.</summary>
internal sealed record Parameter(string Name, ParameterType Type, bool Required);

/// <summary>One method of the portal API, as the vendor's definition has it (release 5.0.0).</summary>
internal sealed record Operation(
    string Name,
    IReadOnlyList<Parameter> Parameters,
    ReturnShape Returns,
    IReadOnlyList<string> Members,
    IReadOnlyList<string> Privileges,
    bool OperatorOnly)
{
    /// <summary>What stands before the slash.</summary>
    public string Object { get; } = Name.Split('/')[0];

    /// <summary>What stands after it.</summary>
    public string Method { get; } = Name.Split('/')[^1];

    /// <summary>Whether its parameters are not all known: others are let through.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether all that it asks of the caller is to be allowed to look.</summary>
    public bool IsRead => Privileges.All(p => p.StartsWith("READ ", StringComparison.Ordinal) || p.StartsWith("VIEW_", StringComparison.Ordinal));

    public Parameter? Find(string name) => Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    /// <summary>Throws the 400 that parameters deserve which the definition does not know, or which have another type, or are missing.</summary>
    /// <param name="parameters">The object of the request.</param>
    /// <param name="isImplied">Parameters that the caller need not send, because the credential says what they would say.</param>
    public void Check(JsonElement parameters, Func<string, bool> isImplied)
    {
        var complaints = new List<Complaint>();
        foreach (var member in parameters.EnumerateObject())
        {
            if (Find(member.Name) is { } parameter)
            {
                if (parameter.Type.Check("#/" + member.Name, member.Value) is { } complaint && !OperationTable.IsSeenInTheWild(Name, member.Name, member.Value.ValueKind))
                    complaints.Add(complaint);
            }
            else if (!IsOpen && !OperationTable.IsSeenInTheWild(Name, member.Name))
            {
                complaints.Add(new Complaint("OBJECT_ADDITIONAL_PROPERTIES", $"Additional properties not allowed: {member.Name}", "#/" + member.Name));
            }
        }

        foreach (var parameter in Parameters)
        {
            if (parameter.Required && !isImplied(parameter.Name) && !parameters.TryGetProperty(parameter.Name, out _))
                complaints.Add(Missing(parameter.Name));
        }

        if (complaints.Count > 0)
            throw VeloError.Invalid(complaints);
    }

    /// <summary>The complaint about a parameter that must be there.</summary>
    public static Complaint Missing(string name) => new("OBJECT_MISSING_REQUIRED_PROPERTY", $"Missing required property: {name}", "#/" + name);
}
