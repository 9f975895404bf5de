using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows tasks: those that are named or piped as they are now, or those that the server remembers.</summary>
[Cmdlet(VerbsCommon.Get, "VcdTask")]
[OutputType(typeof(VcdTask))]
public sealed class GetVcdTaskCommand : VcdReadingCmdlet
{
    /// <summary>Tasks, media that are being imported, ids or addresses. Without it all tasks that the server remembers, the latest first.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Task")]
    [ValidateNotNullOrEmpty]
    public VcdTaskArgument[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Id is null)
        {
            foreach (var session in Sessions())
            {
                Stream(token => Client(session).GetTasksAsync(token));
            }

            return;
        }

        foreach (var argument in Id)
        {
            if (argument.Id is not { } id)
            {
                WriteVerbose("The media has no task.");
                continue;
            }

            Attempt(
                () =>
                {
                    foreach (var session in Sessions(argument.Source))
                    {
                        WriteObject(Await(token => Client(session).GetTaskAsync(id, token)));
                    }
                },
                id);
        }
    }
}
