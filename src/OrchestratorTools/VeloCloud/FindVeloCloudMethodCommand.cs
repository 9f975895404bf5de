using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Finds operations of both APIs in the tables that the module brings along. Asks no server.</summary>
[Cmdlet(VerbsCommon.Find, "VeloCloudMethod")]
[OutputType(typeof(VeloCloudMethodInfo))]
public sealed class FindVeloCloudMethodCommand : OrchestratorCmdlet
{
    /// <summary>Names with wildcards: the whole name, the part after the slash, or a path of APIv2.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudOperationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>What the operations are about: edge, enterprise, events, …</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudObjectCompleter))]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Naming", "CA1720", Justification = "The portal API calls what stands before the slash an object.")]
    public string[]? Object { get; set; }

    /// <summary>A parameter that the operations take.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Parameter { get; set; }

    /// <summary>Only those that only operators may call.</summary>
    [Parameter]
    public SwitchParameter OperatorOnly { get; set; }

    /// <inheritdoc/>
    private protected override string ErrorPrefix => "VeloCloud";

    /// <summary>All operations: of the portal API by name, then those that no definition has, then those of APIv2.</summary>
    internal static IEnumerable<VeloCloudMethodInfo> All
        => VeloCloudOperations.All.Values.OrderBy(o => o.Name, StringComparer.Ordinal).Select(o => new VeloCloudMethodInfo(o))
            .Concat(VeloCloudReadMethods.Undefined.Order(StringComparer.Ordinal).Select(n => new VeloCloudMethodInfo(n)))
            .Concat(VeloCloudV2Operations.All.Select(o => new VeloCloudMethodInfo(o)));

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var names = Patterns(Name);
        var objects = Patterns(Object);
        var parameters = Patterns(Parameter);
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in All)
        {
            var named = names.Where(n => IsNamed(method, n.Pattern)).ToArray();
            foreach (var name in named)
            {
                found.Add(name.Text);
            }

            if ((names.Length == 0 || named.Length > 0)
                && (objects.Length == 0 || Array.Exists(objects, o => o.Pattern.IsMatch(method.Object)))
                && (parameters.Length == 0 || method.Parameter.Any(p => Array.Exists(parameters, w => w.Pattern.IsMatch(p.Name))))
                && (!OperatorOnly || method.IsOperatorOnly))
            {
                WriteObject(method);
            }
        }

        foreach (var (text, _) in names.Where(n => !WildcardPattern.ContainsWildcardCharacters(n.Text) && !found.Contains(n.Text)))
        {
            var like = VeloCloudOperations.NamesLike(text);
            WriteError(ErrorRecords.From(
                new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-{nameof(Name)} '{text}': neither API has such an operation{(like.Count > 0 ? $"; did you mean {string.Join(" or ", like.Select(l => "'" + l + "'"))}?" : ".")}")
                {
                    RecommendedAction = "Find-VeloCloudMethod without a name lists them all; wildcards are allowed.",
                },
                text));
        }
    }

    private static bool IsNamed(VeloCloudMethodInfo method, WildcardPattern pattern)
        => pattern.IsMatch(method.Name) || pattern.IsMatch(method.Name[(method.Name.LastIndexOf('/') + 1)..]) || (method.Api is "v2" && (pattern.IsMatch(method.Path) || pattern.IsMatch(method.Path.Trim('/'))));

    private static (string Text, WildcardPattern Pattern)[] Patterns(string[]? texts) => texts?.Select(t => (t, WildcardPattern.Get(t, WildcardOptions.IgnoreCase))).ToArray() ?? [];
}
