using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Answers what virtual machines ask.</summary>
[Cmdlet(VerbsCommunications.Send, "VcdVMAnswer", SupportsShouldProcess = true, DefaultParameterSetName = VMSet)]
[OutputType(typeof(VcdVM))]
public sealed class SendVcdVMAnswerCommand : VcdChangingCmdlet
{
    private const string VMSet = "VM";
    private const string QuestionSet = "Question";

    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };

    /// <summary>The virtual machines that ask: names, ids, or what Get-VcdVM returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = VMSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[] VM { get; set; } = [];

    /// <summary>The questions, as Get-VcdVMQuestion returned them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = QuestionSet)]
    [ValidateNotNullOrEmpty]
    public VcdVMQuestion[] Question { get; set; } = [];

    /// <summary>The answer: the words or the number of one of the choices.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Answer { get; set; } = string.Empty;

    /// <summary>The vApp that they are in, where names are given.</summary>
    [Parameter(ParameterSetName = VMSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <summary>Returns the virtual machine as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var question in Question)
        {
            Attempt(
                () =>
                {
                    var client = ClientFor(SessionOf(question), question);
                    Reply(client, Await(token => client.GetEntityAsync<VcdVM>(question.Href, token)), question);
                },
                question);
        }

        foreach (var argument in VM)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? VApp?.Source;
                    var client = ClientFor(SessionOf(source), source);
                    Reply(client, Await(token => VcdLookup.OneAsync(client, argument, nameof(VM), [OfVApps, .. VcdLookup.In(VApp)], static v => v.IsInTemplate is not true, token)), null);
                },
                argument.Item ?? (object)argument.Text);
        }
    }

    // The question is read anew: an answer to another one than was shown could cost data.
    private void Reply(VcdClient client, VcdVM vm, VcdVMQuestion? meant)
    {
        vm.VApp ??= meant?.VApp;
        var question = Await(token => client.GetQuestionAsync(vm, token)) ?? throw Unasked($"Virtual machine '{vm.Name}' asks nothing at the moment; nothing was sent.");
        if (meant is not null && (question.QuestionId != meant.QuestionId || question.Question != meant.Question))
        {
            throw Unasked($"Virtual machine '{vm.Name}' asks something else by now: '{question.Question}'. Nothing was sent.");
        }

        var choice = client.Choice(question, Answer);
        if (!ShouldProcess($"virtual machine '{vm.Name}'{(question.VApp is { } vapp ? $" of vApp '{vapp}'" : string.Empty)} at {client.Session.Server.Authority}", $"Answer {choice} to '{question.Question}'"))
        {
            return;
        }

        Await(token => client.AnswerAsync(question, Answer, token));
        if (PassThru)
        {
            var now = Await(token => client.GetEntityAsync<VcdVM>(question.Href, token));
            now.VApp ??= question.VApp;
            now.VAppHref ??= question.VAppHref;
            WriteObject(now);
        }
    }

    private static OrchestratorApiException Unasked(string message)
        => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.WrongState, message) { RecommendedAction = "Get-VcdVMQuestion shows what is asked." };
}
