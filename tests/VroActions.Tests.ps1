# Everything that can be done to a recovery plan: from where it starts, what is asked, what is sent, where it ends, and that nothing is sent twice. Read from the simulator's request log.
BeforeDiscovery {
    # Path: the last part of what is sent. From: a state that it starts from. Wrong: one that it does not start from (and the mode, where that is the reason). Goal: where -Wait ends.
    $script:actions = @(
        @{ Cmdlet = 'Invoke-VroPlanFailover'; Path = 'Failover'; From = 'Ready'; Wrong = 'FailoverComplete'; Goal = 'FailoverComplete'; Body = '{"executeChainedPlans":true,"restorePointDate":null,"protectStorageVolumes":false}' }
        @{ Cmdlet = 'Invoke-VroPlanRestore'; Path = 'Restore'; Type = 'Restore'; From = 'Ready'; Wrong = 'RestoreComplete'; Goal = 'RestoreComplete'; Body = '{"restoreLocationId":"*","executeChainedPlans":true,"restorePointDate":null,"protectStorageVolumes":false}' }
        @{ Cmdlet = 'Invoke-VroPlanPermanentFailover'; Path = 'PermanentFailover'; From = 'FailoverComplete'; Wrong = 'Ready'; Goal = 'PermanentFailoverComplete' }
        @{ Cmdlet = 'Initialize-VroPlanFailback'; Path = 'PrepareToFailback'; From = 'FailoverComplete'; Wrong = 'Ready'; Goal = 'PrepareForFailbackComplete' }
        @{ Cmdlet = 'Invoke-VroPlanFailback'; Path = 'FailbackToProduction'; From = 'FailoverComplete'; Wrong = 'Ready'; Goal = 'FailbackComplete'; Body = '{"restoreLocationId":null,"failbackRestoreVMTags":false}' }
        @{ Cmdlet = 'Switch-VroPlanToProduction'; Path = 'SwitchoverToProduction'; From = 'PrepareForFailbackComplete'; Wrong = 'FailoverComplete'; Goal = 'FailbackComplete' }
        @{ Cmdlet = 'Complete-VroPlanFailback'; Path = 'CommitFailback'; From = 'FailbackComplete'; Wrong = 'FailoverComplete'; Goal = 'CommitFailbackComplete' }
        @{ Cmdlet = 'Undo-VroPlan'; Path = 'Undo'; From = 'FailoverComplete'; Wrong = 'Ready'; Goal = 'UndoFailoverComplete' }
        @{ Cmdlet = 'Resume-VroPlan'; Path = 'Continue'; Extra = '-Action ProceedToNextStep'; From = 'Halted'; Wrong = 'Ready'; Goal = 'FailoverComplete'; Body = '{"executionContinueOptions":"ProceedToNextStep"}' }
        @{ Cmdlet = 'Stop-VroPlan'; Path = 'Halt'; From = 'Running'; Wrong = 'Ready'; Goal = 'Halted'; Body = '{"fullStop":false}' }
        @{ Cmdlet = 'Reset-VroPlan'; Path = 'ResetState'; From = 'FailoverComplete'; Goal = 'Disabled'; Body = '{"executeReadinessCheck":false}' }
        @{ Cmdlet = 'Invoke-VroPlanReadinessCheck'; Path = 'ReadinessCheck'; From = 'Ready'; Wrong = 'Running'; Goal = 'Ready'; Medium = $true; Body = '{"generateReport":false}' }
        @{ Cmdlet = 'Enable-VroPlan'; Path = 'Enable'; From = 'Disabled'; Wrong = 'FailoverComplete'; Medium = $true }
        @{ Cmdlet = 'Disable-VroPlan'; Path = 'Disable'; From = 'Ready'; Wrong = 'FailoverComplete'; Medium = $true }
        @{ Cmdlet = 'Copy-VroPlan'; Path = 'Clone'; From = 'Ready'; Medium = $true }
        @{ Cmdlet = 'Clear-VroPlanChangeLog'; Path = 'ResetChangeLog'; From = 'Ready'; Wrong = 'Running'; Body = '{"generateDrReport":false}'; NoCount = $true }
        @{ Cmdlet = 'Set-VroPlanSchedule'; Path = 'Schedule/SaveTime'; Method = 'PUT'; Extra = '-At 2999-01-01T02:03:04'; From = 'Ready'; Wrong = 'Disabled'; Body = '{"startTime":"2999-01-01T02:03:04"}' }
        @{ Cmdlet = 'Set-VroPlanSchedule'; Path = 'Schedule/SaveRunAfter'; Method = 'PUT'; Extra = '-After dc1-web'; From = 'Ready'; Wrong = 'FailoverComplete'; Body = '{"previousPlanId":"*"}' }
        @{ Cmdlet = 'Remove-VroPlanSchedule'; Path = 'Schedule'; Method = 'DELETE'; From = 'Scheduled'; Wrong = 'Ready'; NoCount = $true }
    )
    foreach ($action in $actions) {
        foreach ($key in 'Extra', 'Wrong', 'Goal', 'Body', 'Medium', 'NoCount') {
            if (-not $action.ContainsKey($key)) { $action[$key] = $null }
        }
        if (-not $action.Type) { $action.Type = 'Replica' }
        if (-not $action.Method) { $action.Method = 'POST' }
    }
    $script:runs = @($actions | Where-Object Goal)
    $script:withWrong = @($actions | Where-Object Wrong)
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/VroHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 60; PlanCount = 900 }
    $connection = Connect-TestVro $simulator @{ Name = 'drill' }
    $fresh = @{}
    foreach ($type in 'Replica', 'Restore') {
        # "Verified" only: what is not gives a warning that is none of these tests' business.
        $fresh[$type] = [Collections.Generic.Queue[object]]@(Get-VroPlan -Type $type -Mode Enabled -State Ready | Where-Object { $_.VerificationState -eq 'Verified' -and $_.Name -notlike 'dc[12]-*' })
    }

    # A plan that no test had yet, in a state. This process remembers what it sent.
    function Get-FreshPlan {
        param([string] $Type, [string] $State, [hashtable] $As = @{})
        $plan = $fresh[$Type].Dequeue()
        $command = @{ id = $plan.Id; state = $State } + $As
        # What runs must not end before somebody has looked, however slow the machine is.
        if ($State -eq 'Running' -and -not $As.runSeconds) { $command.runSeconds = 36000 }
        if ($State -eq 'Scheduled') {
            $command.state = 'Ready'
            Set-VroPlanSchedule -Id $plan.Id -At ([datetime]'2999-01-01') -Confirm:$false
            Clear-OrchestratorSimulatorFault -RequestLog
        }
        Invoke-SimulatorCommand $simulator systems/vro/plan $command | Out-Null
        Get-VroPlan -Id $plan.Id
    }

    # The command line of an action on a plan.
    function Get-Line {
        param([hashtable] $Action, [object] $Plan, [string] $More = '')
        "$($Action.Cmdlet) -Id $($Plan.Id) $($Action.Extra) -Connection drill $More"
    }

    # What of an action reached the server, for a plan.
    function Get-Sent {
        param([hashtable] $Action, [object] $Plan)
        @(Get-OrchestratorSimulatorRequest Vro -Method $Action.Method -Path "*/Plans/$($Plan.Id)/$($Action.Path)")
    }

    # Runs it here; errors and output.
    function Invoke-Line {
        param([string] $Line)
        $failed = $null
        $output = @(& ([scriptblock]::Create("$Line -ErrorAction SilentlyContinue -ErrorVariable script:failed")))
        @{ Output = $output; Errors = @($script:failed) }
    }

    function Get-Id {
        param([object[]] $Record)
        @($Record | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] })
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vro | Disconnect-Vro -WarningAction SilentlyContinue
    Stop-OrchestratorSimulator $simulator
}

Describe 'Where <Cmdlet> (<Path>) starts and ends' -ForEach $actions {
    BeforeAll {
        $action = $_
        Clear-OrchestratorSimulatorFault -RequestLog
    }

    It 'starts from <From>, sends its body once, and returns the plan with -PassThru' {
        $plan = Get-FreshPlan $Type $From
        $done = Invoke-Line (Get-Line $action $plan '-PassThru -Confirm:$false')
        $done.Errors | Should -BeNullOrEmpty
        $done.Output | Should -HaveCount 1
        $done.Output[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroPlan
        $sent = Get-Sent $action $plan
        $sent | Should -HaveCount 1
        $sent[0].Status | Should -BeIn 200, 204
        if ($Body) { $sent[0].Body | Should -BeLike $Body } else { $sent[0].Body | Should -BeNullOrEmpty }
    }

    It 'asks first: a no sends nothing, nor does -WhatIf' {
        $plan = Get-FreshPlan $Type $From
        $asked = Complete-AtHost (Start-AtHost (Get-Line $action $plan $(if ($Medium) { '-Confirm' })) -Answer 2)
        $asked.Errors | Should -BeNullOrEmpty
        $asked.Questions | Should -HaveCount 1
        $state = if ($From -eq 'Scheduled') { 'Ready' } else { $From }
        $asked.Questions[0] | Should -BeLike "*plan '$([wildcardpattern]::Escape($plan.Name))' at $($simulator.Vro.Server.Authority): type $Type, state $state*, mode $($plan.Mode)*`n*"
        if (-not $Medium -and -not $NoCount) { $asked.Questions[0] | Should -Match ', \d+ VMs?\.' }
        (Invoke-Line (Get-Line $action $plan '-WhatIf')).Errors | Should -BeNullOrEmpty
        Get-Sent $action $plan | Should -BeNullOrEmpty
    }
}

Describe 'Where <Cmdlet> (<Path>) does not start' -ForEach $withWrong {
    BeforeAll {
        $action = $_
        Clear-OrchestratorSimulatorFault -RequestLog
    }

    It 'is not started from <Wrong>: says so before it asks, and sends nothing' {
        $plan = Get-FreshPlan $Type $Wrong @{ runSeconds = 36000 }
        $asked = Complete-AtHost (Start-AtHost (Get-Line $action $plan))
        $asked.Questions | Should -BeNullOrEmpty
        Get-Id $asked.Errors | Should -Be 'Vro.WrongState'
        $asked.Errors[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        "$($asked.Errors[0].ErrorDetails)" | Should -BeLike "*Nothing was sent.*Get-Vro*"
        Get-Sent $action $plan | Should -BeNullOrEmpty
    }

    It 'is sent from <Wrong> with -Force: the server speaks' {
        $plan = Get-FreshPlan $Type $Wrong @{ runSeconds = 36000 }
        $done = Invoke-Line (Get-Line $action $plan '-Force -PassThru -Confirm:$false')
        $done.Output | Should -BeNullOrEmpty
        Get-Id $done.Errors | Should -BeIn 'Vro.WrongState', 'Vro.NotFound'
        Get-Sent $action $plan | Should -HaveCount 1
    }
}

Describe 'With -Wait' {
    BeforeAll {
        # All at once, each begun later than the first look.
        Clear-OrchestratorSimulatorFault -RequestLog
        $waited = @{}
        foreach ($action in $runs) {
            # A run that is to be halted is a long one of many short steps.
            $as = if ($action.From -eq 'Running') { @{ startDelaySeconds = 0; runSeconds = 3600; vmCount = 40 } } else { @{ startDelaySeconds = 45; runSeconds = 60 } }
            $plan = Get-FreshPlan $action.Type $action.From $as
            $waited[$action.Path] = @{ Plan = $plan; Begun = Start-AtHost (Get-Line $action $plan '-Wait -Timeout 60 -Confirm:$false') }
        }
        foreach ($one in $waited.Values) { $one.Ended = Complete-AtHost $one.Begun }
    }

    It '<Cmdlet> ends in <Goal>' -ForEach $runs {
        $one = $waited[$Path]
        $one.Ended.Errors | Should -BeNullOrEmpty
        $one.Ended.Output | Should -HaveCount 1
        $one.Ended.Output[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroPlanRuntime
        $one.Ended.Output[0].State | Should -Be $Goal
        $one.Ended.Output[0].IsRunning | Should -BeFalse
        Get-Sent $_ $one.Plan | Should -HaveCount 1
    }
}

Describe 'Sent once: <Cmdlet> (<Path>)' -ForEach $actions {
    BeforeAll { $action = $_ }
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'when the answer is lost after the server took it: unknown, with a way on, and not again by the next command' {
        $plan = Get-FreshPlan $Type $From @{ startDelaySeconds = 36000; runSeconds = 36000 }
        Add-OrchestratorSimulatorFault Vro LostAnswer -Method $Method -Path "*/$($plan.Id)/$Path" -Count 0
        $wait = if ($Goal) { '-Wait' }
        $done = Invoke-Line (Get-Line $action $plan "$wait -PassThru -Confirm:`$false")
        $done.Output | Should -BeNullOrEmpty -Because 'what is unknown is no success'
        Get-Id $done.Errors | Should -Be 'Vro.OutcomeUnknown'
        "$($done.Errors[0].ErrorDetails)" | Should -BeLike "*not sent again*Get-VroPlan* -Id $($plan.Id)*"
        Clear-OrchestratorSimulatorFault
        $again = Invoke-Line (Get-Line $action $plan '-Confirm:$false')
        # What the server did at once shows, and needs no second time; everything else is refused while nobody knows.
        if ($Path -notin 'Enable', 'Disable') { Get-Id $again.Errors | Should -Be 'Vro.WrongState' }
        Get-Sent $action $plan | Should -HaveCount 1
    }

    It 'when a gateway answers in the server''s place: unknown, although nothing was done' {
        $plan = Get-FreshPlan $Type $From @{ runSeconds = 36000 }
        Add-OrchestratorSimulatorFault Vro Status -Status 503 -Method $Method -Path "*/$($plan.Id)/$Path" -Count 0
        $wait = if ($Goal) { '-Wait' }
        $done = Invoke-Line (Get-Line $action $plan "$wait -PassThru -Confirm:`$false")
        $done.Output | Should -BeNullOrEmpty
        Get-Id $done.Errors | Should -Be 'Vro.OutcomeUnknown'
        "$($done.Errors[0].ErrorDetails)" | Should -BeLike "*Get-VroPlan* -Id $($plan.Id)*"
        Clear-OrchestratorSimulatorFault
        Get-Id (Invoke-Line (Get-Line $action $plan '-Confirm:$false')).Errors | Should -Be 'Vro.WrongState'
        Get-Sent $action $plan | Should -HaveCount 1
        # After a look -Force sends it again.
        (Invoke-Line (Get-Line $action $plan '-Force -Confirm:$false')).Errors | Should -BeNullOrEmpty
        Get-Sent $action $plan | Should -HaveCount 2
    }

    It 'when the token dies between the check and the request: one refused, one accepted' {
        $plan = Get-FreshPlan $Type $From
        Add-OrchestratorSimulatorFault Vro ExpireSessions -Method $Method -Path "*/$($plan.Id)/$Path"
        (Invoke-Line (Get-Line $action $plan '-Confirm:$false -WarningAction SilentlyContinue')).Errors | Should -BeNullOrEmpty
        (Get-Sent $action $plan).Status | Should -Be 401, $(if ($Method -eq 'DELETE') { 204 } else { 200 })
    }

    It 'when two runspaces do it at once' {
        $plan = Get-FreshPlan $Type $From @{ startDelaySeconds = 36000; runSeconds = 36000 }
        Add-OrchestratorSimulatorFault Vro Latency -Milliseconds 100 -Method $Method -Path "*/$($plan.Id)/$Path" -Count 0
        # Held at the question: both have looked when both are answered.
        $both = 1, 2 | ForEach-Object { Start-AtHost (Get-Line $action $plan '-Confirm') -Held }
        Wait-Until { $both[0].Host.Questions.Count -eq 1 -and $both[1].Host.Questions.Count -eq 1 }
        $both | ForEach-Object { $_.Host.Open.Set() }
        $ended = $both | ForEach-Object { Complete-AtHost $_ }
        Get-Sent $action $plan | Should -HaveCount 1
        Get-Id @($ended.Errors) | Should -Be 'Vro.WrongState'
        "$(@($ended.Errors)[0].ErrorDetails)" | Should -BeLike "*by this process*Get-VroPlan* -Id $($plan.Id)*"
    }
}

Describe 'A wait that is disturbed' {
    BeforeAll {
        Clear-OrchestratorSimulatorFault -RequestLog
    }

    Context 'by Ctrl+C' {
        BeforeAll {
            # All at once: what they wait for does not come.
            $stopped = @{}
            foreach ($action in $runs) {
                $plan = Get-FreshPlan $action.Type $action.From @{ startDelaySeconds = 36000; runSeconds = 36000 }
                $stopped[$action.Path] = @{ Plan = $plan; Begun = Start-AtHost (Get-Line $action $plan '-Confirm:$false -Wait') }
            }
            foreach ($action in $runs) {
                $one = $stopped[$action.Path]
                Wait-Until { (Get-Sent $action $one.Plan).Count -eq 1 -and @(Get-OrchestratorSimulatorRequest Vro -Path "*RuntimeDetails/Plans/$($one.Plan.Id)").Count -gt 1 }
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $one.Begun.Shell.Stop()
                $one.Seconds = $watch.Elapsed.TotalSeconds
                $one.Ended = Complete-AtHost $one.Begun
            }
        }

        It 'ends at once and says what goes on: <Cmdlet>' -ForEach $runs {
            $one = $stopped[$Path]
            $one.Seconds | Should -BeLessThan 5
            $one.Ended.Output | Should -BeNullOrEmpty
            $one.Ended.Errors | Should -BeNullOrEmpty
            "$($one.Ended.Warnings)" | Should -BeLike "*plan '$([wildcardpattern]::Escape($one.Plan.Name))' goes on at the server*Wait-VroPlan*"
            Get-Sent $_ $one.Plan | Should -HaveCount 1
        }
    }

    Context 'by a restart of the server' {
        BeforeAll {
            $restarted = @{}
            foreach ($action in $runs) {
                $as = if ($action.From -eq 'Running') { @{ startDelaySeconds = 0; runSeconds = 3600; vmCount = 40 } } else { @{ startDelaySeconds = 240; runSeconds = 240 } }
                $plan = Get-FreshPlan $action.Type $action.From $as
                $restarted[$action.Path] = @{ Plan = $plan; Begun = Start-AtHost (Get-Line $action $plan '-Confirm:$false -Wait -Timeout 120') }
            }
            foreach ($action in $runs) {
                Wait-Until { (Get-Sent $action $restarted[$action.Path].Plan).Count -eq 1 }
            }
            Invoke-SimulatorCommand $simulator systems/vro/restart | Out-Null
            foreach ($one in $restarted.Values) { $one.Ended = Complete-AtHost $one.Begun }
        }

        It 'goes on to its end: <Cmdlet>, <Goal>' -ForEach $runs {
            $one = $restarted[$Path]
            $one.Ended.Errors | Should -BeNullOrEmpty
            $one.Ended.Output.State | Should -Be $Goal
            Get-Sent $_ $one.Plan | Should -HaveCount 1
        }
    }
}

Describe 'What each of them is told' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'Stop-VroPlan -Full stops chained plans too' {
        $plan = Get-FreshPlan Replica Running @{ runSeconds = 36000 }
        $plan | Stop-VroPlan -Full -Confirm:$false
        (Get-OrchestratorSimulatorRequest Vro -Path '*/Halt').Body | Should -Be '{"fullStop":true}'
    }

    It 'Stop-VroPlan says so where what ran came to its end by itself, or had no halted state' {
        $plan = Get-FreshPlan Replica Ready @{ runSeconds = 7200; vmCount = 40 }
        $plan | Invoke-VroPlanReadinessCheck -Confirm:$false
        Wait-Until { (Get-VroPlanRuntime -Id $plan.Id).IsRunning }
        ($plan | Stop-VroPlan -Wait -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue).State | Should -Be 'Ready'
        "$warned" | Should -BeLike '*not halted*'
    }

    It 'Stop-VroPlan is not sent again while the plan is halting' {
        $plan = Get-FreshPlan Replica Running @{ runSeconds = 36000 }
        $plan | Stop-VroPlan -Confirm:$false
        (Get-VroPlanRuntime -Id $plan.Id).StateName | Should -Be 'Halting'
        $plan | Stop-VroPlan -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        "$($failed[0])" | Should -BeLike '*being halted already*'
        @(Get-OrchestratorSimulatorRequest Vro -Path '*/Halt').Count | Should -Be 1
    }

    It 'a wait for the run knows that somebody halted it' {
        $plan = Get-FreshPlan Replica Ready @{ runSeconds = 36000 }
        $begun = Start-AtHost "Invoke-VroPlanFailover -Id $($plan.Id) -Connection drill -Confirm:`$false -Wait"
        Wait-Until { (Get-VroPlanRuntime -Id $plan.Id).IsRunning }
        $plan | Stop-VroPlan -Confirm:$false
        Invoke-RestMethod -NoProxy -Method Post -Uri "$($simulator.ControlServer)clock" -Headers @{ 'X-Control-Token' = (ConvertFrom-SecureString $simulator.ControlToken -AsPlainText) } -ContentType 'application/json' -Body '{"advanceSeconds": 4000}' | Out-Null
        $ended = Complete-AtHost $begun
        $ended.Output | Should -BeNullOrEmpty
        Get-Id $ended.Errors | Should -Be 'Vro.Failed'
    }

    It 'Reset-VroPlan -ReadinessCheck waits for the check too' {
        $plan = Get-FreshPlan Replica FailoverComplete @{ runSeconds = 240 }
        $before = (Get-VroPlanRuntime -Id $plan.Id).FinishTime
        $runtime = $plan | Reset-VroPlan -ReadinessCheck -Wait -Confirm:$false
        $runtime.State | Should -Be 'Disabled'
        $runtime.FinishTime | Should -BeGreaterThan $before
        $runtime.CheckResult | Should -Be 'Success'
        (Get-OrchestratorSimulatorRequest Vro -Path '*/ResetState').Body | Should -Be '{"executeReadinessCheck":true}'
    }

    It 'Reset-VroPlan takes a plan out of a run, and one that is reset already' {
        $plan = Get-FreshPlan Replica Running @{ runSeconds = 36000 }
        ($plan | Reset-VroPlan -Wait -Confirm:$false).State | Should -Be 'Disabled'
    }

    It 'Invoke-VroPlanReadinessCheck -Report, and a check that finds errors is a warning, not a failure' {
        $plan = Get-FreshPlan Replica Ready @{ failStep = '*/*/Check VM Name'; runSeconds = 60 }
        $runtime = $plan | Invoke-VroPlanReadinessCheck -Report -Wait -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        $runtime.CheckResult | Should -Be 'Error'
        "$warned" | Should -BeLike "*$([wildcardpattern]::Escape($plan.Name))*not ready*"
        (Get-OrchestratorSimulatorRequest Vro -Path '*/ReadinessCheck').Body | Should -Be '{"generateReport":true}'
    }

    It 'Undo-VroPlan leads from <From> to <To>' -ForEach @(
        @{ From = 'PrepareForFailbackComplete'; To = 'FailoverComplete' }
        @{ From = 'FailbackComplete'; To = 'FailoverComplete' }
        @{ From = 'Halted'; To = 'UndoFailoverComplete' }
    ) {
        (Get-FreshPlan Replica $From @{ runSeconds = 60 } | Undo-VroPlan -Wait -Confirm:$false).State | Should -Be $To
    }

    It 'a restore plan is not undone, not failed over, not failed back: <_>' -ForEach 'Undo-VroPlan', 'Invoke-VroPlanFailover', 'Invoke-VroPlanFailback', 'Invoke-VroPlanPermanentFailover', 'Initialize-VroPlanFailback' {
        $plan = Get-FreshPlan Restore RestoreComplete
        $plan | & $_ -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.WrongState'
        "$($failed[0])" | Should -BeLike '*it is a Restore plan*'
        Get-OrchestratorSimulatorRequest Vro -Method Post | Should -BeNullOrEmpty
    }

    It 'Resume-VroPlan that comes to another failure has failed' {
        $plan = Get-FreshPlan Replica Ready @{ runSeconds = 60; failStep = '*/*/Process Replica VM'; failCount = -1 }
        $plan | Invoke-VroPlanFailover -Wait -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        Get-Id $failed | Should -Be 'Vro.Failed'
        $plan | Resume-VroPlan -Action RetryFailedStep -Wait -Timeout 60 -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        Get-Id $failed | Should -Be 'Vro.Failed'
        "$($failed[0])" | Should -BeLike "*step 'Process Replica VM'*"
        Invoke-SimulatorCommand $simulator systems/vro/plan @{ id = $plan.Id; failStep = '' } | Out-Null
        ($plan | Resume-VroPlan -Action RetryFailedVm -Wait -Confirm:$false).State | Should -Be 'FailoverComplete'
    }

    Context 'Resume-VroPlan -Action' {
        BeforeAll {
            $halted = Get-FreshPlan Replica Ready @{ runSeconds = 60; failStep = '*/*/Process Replica VM'; prohibited = 'ProceedToNextStep', 'RetryFailedGroup' }
            $halted | Invoke-VroPlanFailover -Wait -Confirm:$false -ErrorAction SilentlyContinue
        }

        It 'completes by what the step that failed allows' {
            $line = "Resume-VroPlan -Id $($halted.Id) -Connection drill -Action "
            $offered = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            $offered | Should -Be 'ProceedToNextGroup', 'ProceedToNextVm', 'RetryFailedStep', 'RetryFailedVm'
        }

        It 'completes with everything where nothing is known' {
            $line = 'Resume-VroPlan -Action R'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'RetryFailedGroup', 'RetryFailedStep', 'RetryFailedVm'
        }

        It 'refuses what it forbids, names what failed and what is allowed' {
            $halted | Resume-VroPlan -Action ProceedToNextStep -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -Be 'Vro.WrongState'
            "$($failed[0].ErrorDetails)" | Should -BeLike "*ProceedToNextStep is not allowed*step 'Process Replica VM'*Allowed: ProceedToNextVm, ProceedToNextGroup, RetryFailedStep, RetryFailedVm*"
            Get-OrchestratorSimulatorRequest Vro -Path '*/Continue' | Should -BeNullOrEmpty
            $halted | Resume-VroPlan -Action ProceedToNextStep -Force -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -Be 'Vro.WrongState'
            Get-OrchestratorSimulatorRequest Vro -Path '*/Continue' | Should -HaveCount 1
        }

        It 'refuses a way that there is not: <_>' -ForEach 'Proceed', '3', 'RetryFailedStep,RetryFailedVm' {
            { Resume-VroPlan x -Action $_ } | Should -Throw -ErrorId 'Vro.BadParameter,*'
        }

        It 'names what failed in the question' {
            $asked = Complete-AtHost (Start-AtHost "Resume-VroPlan -Id $($halted.Id) -Connection drill -Action RetryFailedStep" -Answer 2)
            $asked.Questions[0] | Should -BeLike "*RetryFailedStep; failed: group '*', VM '*', step 'Process Replica VM'.*"
        }
    }

    Context 'Invoke-VroPlanRestore' {
        It 'takes a location by <How>' -ForEach @(
            @{ How = 'name'; Location = 'DC2 vSphere' }
            @{ How = 'wildcard'; Location = 'DC2 v*' }
        ) {
            $plan = Get-FreshPlan Restore Ready
            $plan | Invoke-VroPlanRestore -RestoreLocation $Location -RestorePointDate '2020-03-04T05:06:07' -NoChainedPlans -ProtectStorageVolumes -Confirm:$false
            (Get-OrchestratorSimulatorRequest Vro -Path '*/Restore').Body | Should -BeLike '{"restoreLocationId":"*","executeChainedPlans":false,"restorePointDate":"2020-03-04T05:06:07","protectStorageVolumes":true}'
        }

        It 'sends of the scan what was asked for' {
            $plan = Get-FreshPlan Restore Ready
            $plan | Invoke-VroPlanRestore -VirusScan -YaraScan -YaraScanRule 'r 1' -ScanInfected -ScanSuspicious -ScanRestorePointCount 3 -RansomwareAction Halt -Confirm:$false
            (Get-OrchestratorSimulatorRequest Vro -Path '*/Restore').Body | Should -BeLike '*,"virusScan":true,"yaraScan":true,"yaraScanRule":"r 1","scanInfectedFlag":true,"scanSuspiciousFlag":true,"restorePointsCountForRansomwareScan":3,"ransomwareAction":"Halt"}'
        }

        It 'refuses a location that there is not, and one that is several' {
            $plan = Get-FreshPlan Restore Ready
            $plan | Invoke-VroPlanRestore -RestoreLocation moon -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -Be 'Vro.NotFound'
            "$($failed[0])" | Should -BeLike "*-RestoreLocation 'moon'*there are: 'Original VM Location', 'DC2 vSphere'*"
            $plan | Invoke-VroPlanRestore -RestoreLocation 'DC2*' -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -Be 'Vro.Ambiguous'
            Get-OrchestratorSimulatorRequest Vro -Method Post | Should -BeNullOrEmpty
        }

        It 'refuses <Parameters> before anything is asked' -ForEach @(
            @{ Parameters = '-YaraScanRule x' }
            @{ Parameters = '-ScanRestorePointCount 3' }
            @{ Parameters = '-RansomwareAction x' }
            @{ Parameters = '-RestorePointDate 2999-01-01' }
            @{ Parameters = '-Timeout 5' }
        ) {
            { & ([scriptblock]::Create("Invoke-VroPlanRestore x $Parameters")) } | Should -Throw -ErrorId 'Vro.BadParameter,*'
            Get-OrchestratorSimulatorRequest Vro | Should -BeNullOrEmpty
        }

        It 'completes locations' {
            $line = 'Invoke-VroPlanRestore -Connection drill -RestoreLocation O'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be "'Original VM Location'"
        }
    }

    Context 'Enable- and Disable-VroPlan' {
        It 'leave alone what is so already' {
            $plan = Get-FreshPlan Replica Ready
            ($plan | Enable-VroPlan -PassThru -Confirm:$false).Mode | Should -Be 'Enabled'
            Get-OrchestratorSimulatorRequest Vro -Method Post | Should -BeNullOrEmpty
            ($plan | Disable-VroPlan -PassThru -Confirm:$false).Mode | Should -Be 'Disabled'
            $plan | Disable-VroPlan -Confirm:$false
            @(Get-OrchestratorSimulatorRequest Vro -Method Post).Count | Should -Be 1
        }

        It 'say what an account may not do' {
            $author = ($simulator.Vro.Users | Where-Object Name -EQ 'LAB\operator').Credential
            Connect-Vro $simulator.Vro.Server -Credential $author -ServerCertificateThumbprint $simulator.Vro.CertificateThumbprint -NoProxy -Name operator -NotDefault | Out-Null
            $plan = Get-FreshPlan Replica Disabled
            Enable-VroPlan -Id $plan.Id -Connection operator -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -Be 'Vro.Permission'
            # The server said no: nothing stands in the way of somebody who may.
            Enable-VroPlan -Id $plan.Id -Confirm:$false
            (Get-VroPlan -Id $plan.Id).Mode | Should -Be 'Enabled'
            Disconnect-Vro operator
        }
    }

    Context 'Copy-VroPlan' {
        It 'returns the copy, and refuses a name that is taken' {
            $copy = Copy-VroPlan dc1-db -NewName 'dc1-db [copy]' -PassThru -Confirm:$false
            $copy.Name | Should -Be 'dc1-db [copy]'
            $copy.Mode | Should -Be 'Disabled'
            Copy-VroPlan dc1-db -NewName 'DC1-db [copy]' -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -Be 'Vro.Conflict'
            @(Get-OrchestratorSimulatorRequest Vro -Path '*/Clone').Count | Should -Be 1
        }

        It 'says where the server does not tell which plan it is' {
            Add-OrchestratorSimulatorFault Vro ReplaceBody -Path '*/Clone' -Body '{"success":true}' -ContentType application/json
            Copy-VroPlan dc1-db -PassThru -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            "$warned" | Should -BeLike '*does not tell which*'
        }
    }

    Context 'Set-VroPlanSchedule' {
        It 'shows in the plan, at a time and after a plan' {
            $plan = Get-FreshPlan Restore Ready
            $at = $plan | Set-VroPlanSchedule -At '2999-01-01T02:03:04' -VirusScan -PassThru -Confirm:$false
            $at.Schedule.StartTime | Should -Be ([datetime]'2999-01-01T02:03:04')
            $at.Schedule.VirusScan | Should -BeTrue
            (Get-OrchestratorSimulatorRequest Vro -Method Put).Query | Should -Be '?startTime=2999-01-01T02%3A03%3A04'
            $other = Get-FreshPlan Replica Ready
            $after = $plan | Set-VroPlanSchedule -After $other -PassThru -Confirm:$false
            $after.Schedule.PreviousPlanId | Should -Be $other.Id
            ($plan | Remove-VroPlanSchedule -PassThru -Confirm:$false).Schedule | Should -BeNullOrEmpty
        }

        It 'asks with the time exactly as it is sent' {
            $plan = Get-FreshPlan Replica Ready
            $asked = Complete-AtHost (Start-AtHost "Set-VroPlanSchedule -Id $($plan.Id) -At 2999-01-01T02:03:04 -Connection drill" -Answer 2)
            $asked.Questions[0] | Should -BeLike '*runs by itself at 2999-01-01T02:03:04, sent like this, without a time zone.*'
        }

        It 'refuses a plan after itself, by name, id and object, and in a circle' {
            $plan = Get-FreshPlan Replica Ready
            foreach ($after in $plan.Id, $plan, $plan.Name) {
                $plan | Set-VroPlanSchedule -After $after -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
                Get-Id $failed | Should -Be 'Vro.Validation'
                "$($failed[0])" | Should -BeLike '*cannot run after itself*'
            }
            $second = Get-FreshPlan Replica Ready
            $second | Set-VroPlanSchedule -After $plan -Confirm:$false
            $plan | Set-VroPlanSchedule -After $second -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            "$($failed[0])" | Should -BeLike "*'$([wildcardpattern]::Escape($plan.Name))' after '$([wildcardpattern]::Escape($second.Name))' after '$([wildcardpattern]::Escape($plan.Name))'*"
            @(Get-OrchestratorSimulatorRequest Vro -Method Put).Count | Should -Be 1
        }

        It 'refuses <Parameters> before anything is asked' -ForEach @(
            @{ Parameters = '' }
            @{ Parameters = '-At 2999-01-01 -After dc1-db' }
            @{ Parameters = '-At 2020-01-01' }
            @{ Parameters = '-At ([datetime]::UtcNow.AddMinutes(-1))' }
            @{ Parameters = '-At (Get-Date).AddMinutes(-1)' }
            @{ Parameters = '-At 2999-01-01 -YaraScanRule x' }
        ) {
            { & ([scriptblock]::Create("Set-VroPlanSchedule dc1-web $Parameters")) } | Should -Throw -ErrorId 'Vro.BadParameter,*'
            Get-OrchestratorSimulatorRequest Vro | Should -BeNullOrEmpty
        }

        It 'hands on what a server says whose clock is ahead' {
            $plan = Get-FreshPlan Replica Ready
            # The simulated clock is ahead of this machine's by more than that by now.
            $plan | Set-VroPlanSchedule -At ([datetime]::UtcNow.AddSeconds(20)) -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed | Should -HaveCount 1
            Get-Id $failed | Should -BeIn 'Vro.Validation', 'Vro.Authentication'
        }

        It 'refuses a plan of another server' {
            Connect-TestVro $simulator @{ Name = 'twin'; NotDefault = $true } | Out-Null
            $other = Get-VroPlan dc1-db -Connection twin
            Set-VroPlanSchedule dc1-web -After $other -At $null -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -Be 'Vro.ConnectionMismatch'
            Disconnect-Vro twin
        }

        It 'refuses what is no plan, and one that there is not' {
            Set-VroPlanSchedule dc1-web -After 17 -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            Get-Id $failed | Should -BeIn 'Vro.Validation', 'Vro.NotFound'
            Set-VroPlanSchedule dc1-web -After nothing -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
            "$($failed[0])" | Should -BeLike "*-After 'nothing'*"
            Get-OrchestratorSimulatorRequest Vro -Method Put | Should -BeNullOrEmpty
        }
    }

    It 'lists the candidates of a name that means several, and sends nothing: <_>' -ForEach 'Stop-VroPlan', 'Undo-VroPlan', 'Enable-VroPlan' {
        & $_ dc3-* -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.Ambiguous'
        "$($failed[0].ErrorDetails)" | Should -BeLike "*'dc3-*Get-VroPlan ... | $_*"
        Get-OrchestratorSimulatorRequest Vro -Method Post | Should -BeNullOrEmpty
    }

    It 'does the same plan once in one command' {
        $plan = Get-FreshPlan Replica Ready
        $plan, $plan | Disable-VroPlan -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.WrongState'
        @(Get-OrchestratorSimulatorRequest Vro -Method Post).Count | Should -Be 1
    }

    # The last one: this server speaks another version from then on.
    It 'Clear-VroPlanChangeLog says that version 13 has none' {
        Invoke-SimulatorCommand $simulator systems/vro/settings @{ versions = @('v7.21', 'v13') } | Out-Null
        Connect-TestVro $simulator @{ Name = 'thirteen'; ApiVersion = 'v13'; NotDefault = $true; WarningAction = 'SilentlyContinue' } | Out-Null
        Clear-VroPlanChangeLog dc1-web -Connection thirteen -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Id $failed | Should -Be 'Vro.Validation'
        "$($failed[0])" | Should -BeLike '*speaks API v13, which has no ResetChangeLog*Nothing was sent.*'
        Get-OrchestratorSimulatorRequest Vro -Path '*ResetChangeLog*' | Should -BeNullOrEmpty
        (Enable-VroPlan dc1-web -Connection thirteen -PassThru -Confirm:$false).Mode | Should -Be 'Enabled'
        Disconnect-Vro thirteen
    }
}
