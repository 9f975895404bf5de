# Dot-sourced, after Common.ps1, by Pester files that need a host of their own: one that answers questions and remembers what was written to it.
# A host that answers questions by a number and remembers them, and the warnings that were written to it past every stream.
if (-not ('OrchestratorToolsTests.RecordingHost' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
namespace OrchestratorToolsTests
{
    public sealed class RecordingHost : PSHost
    {
        private readonly RecordingUI _ui;
        public RecordingHost(int answer) { _ui = new RecordingUI(answer); }
        public List<string> Questions { get { return _ui.Questions; } }
        public System.Threading.ManualResetEventSlim Open { get { return _ui.Open; } }
        public List<string> Warnings { get { return _ui.Warnings; } }
        public List<ProgressRecord> Progress { get { return _ui.Progress; } }
        public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
        public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
        public override Guid InstanceId { get; } = Guid.NewGuid();
        public override string Name { get { return "RecordingHost"; } }
        public override PSHostUserInterface UI { get { return _ui; } }
        public override Version Version { get { return new Version(1, 0); } }
        public override void EnterNestedPrompt() { throw new NotSupportedException(); }
        public override void ExitNestedPrompt() { throw new NotSupportedException(); }
        public override void NotifyBeginApplication() { }
        public override void NotifyEndApplication() { }
        public override void SetShouldExit(int exitCode) { }
    }
    public sealed class RecordingUI : PSHostUserInterface
    {
        private readonly int _answer;
        public RecordingUI(int answer) { _answer = answer; }
        public List<string> Questions { get; } = new List<string>();
        public List<string> Warnings { get; } = new List<string>();
        public List<ProgressRecord> Progress { get; } = new List<ProgressRecord>();
        public override PSHostRawUserInterface RawUI { get { return null; } }
        public System.Threading.ManualResetEventSlim Open { get; } = new System.Threading.ManualResetEventSlim(true);
        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) { lock (Questions) { Questions.Add(message); } Open.Wait(TimeSpan.FromSeconds(60)); return _answer; }
        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new NotSupportedException(); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotSupportedException(); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowed, PSCredentialUIOptions options) { throw new NotSupportedException(); }
        public override string ReadLine() { throw new NotSupportedException(); }
        public override SecureString ReadLineAsSecureString() { throw new NotSupportedException(); }
        public override void Write(string value) { }
        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) { }
        public override void WriteDebugLine(string message) { }
        public override void WriteErrorLine(string value) { }
        public override void WriteLine(string value) { }
        public override void WriteProgress(long sourceId, ProgressRecord record) { lock (Progress) { Progress.Add(record); } }
        public override void WriteVerboseLine(string message) { }
        public override void WriteWarningLine(string message) { lock (Warnings) { Warnings.Add(message); } }
    }
}
'@
}

# Begins a script in a runspace of its own, at a host that answers: 0 yes, 2 no.
function Start-AtHost {
    param([string] $Script, [int] $Answer = 0, [switch] $Held)
    $console = [OrchestratorToolsTests.RecordingHost]::new($Answer)
    if ($Held) { $console.Open.Reset() }
    $runspace = [runspacefactory]::CreateRunspace($console)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    $null = $shell.AddScript("Import-Module '$ModulePath'; $Script")
    @{ Host = $console; Shell = $shell; Runspace = $runspace; Running = $shell.BeginInvoke() }
}

# Its output and errors, when it has ended.
function Complete-AtHost {
    param([hashtable] $Begun)
    try {
        $output = try { @($Begun.Shell.EndInvoke($Begun.Running)) } catch [Management.Automation.PipelineStoppedException] { @() }
        @{ Questions = @($Begun.Host.Questions); Warnings = @($Begun.Host.Warnings); Progress = @($Begun.Host.Progress); Output = $output; Errors = @($Begun.Shell.Streams.Error) }
    }
    finally {
        $Begun.Shell.Dispose()
        $Begun.Runspace.Dispose()
    }
}

# Waits, bounded, until something is so.
function Wait-Until {
    param([scriptblock] $Condition)
    foreach ($try in 1..200) {
        if (& $Condition) { return }
        Start-Sleep -Milliseconds 50
    }
    throw "It never came to this: $Condition"
}
