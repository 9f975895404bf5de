namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The operators of the filter language.</summary>
internal enum FilterOperator
{
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
}

/// <summary>A filter, read.</summary>
internal abstract record FilterExpression
{
    /// <summary>All of them (<c>;</c>).</summary>
    internal sealed record All(IReadOnlyList<FilterExpression> Parts) : FilterExpression;

    /// <summary>Any of them (<c>,</c>).</summary>
    internal sealed record Any(IReadOnlyList<FilterExpression> Parts) : FilterExpression;

    /// <summary>One comparison.</summary>
    internal sealed record Comparison(string Field, FilterOperator Operator, string Value) : FilterExpression;
}
