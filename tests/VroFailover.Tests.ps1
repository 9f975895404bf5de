# Failovers and waits: what is asked, what is sent, and that nothing is sent twice. Read from the simulator's request log.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/VroHost.ps1

    function Get-Failover {
        @(Get-OrchestratorSimulatorRequest Vro -Method Post -Path '*/Failover' -Simulator $simulator)
    }

    function Start-Server {
        param([int] $PlanCount = 8)
        $script:simulator = Start-TestSimulator @{ Speed = 60; PlanCount = $PlanCount }
        $script:connection = Connect-TestVro $simulator @{ Name = 'drill' }
        $script:plan = Get-VroPlan dc1-web
        $script:fresh = [Collections.Generic.Queue[object]]@(Get-VroPlan -Type Replica, Storage -Mode Enabled -State Ready | Where-Object VerificationState -EQ Verified)
        Clear-OrchestratorSimulatorFault -RequestLog -Simulator $simulator
    }

    # A plan that no test had yet: this process remembers what it started.
    function Get-FreshPlan {
        Get-OrchestratorConnection -System Vro | Where-Object Name -NE drill | Disconnect-Vro
        Clear-OrchestratorSimulatorFault -RequestLog -Simulator $simulator
        $fresh.Dequeue()
    }

    function Stop-Server {
        Get-OrchestratorConnection -System Vro | Disconnect-Vro -WarningAction SilentlyContinue
        Stop-OrchestratorSimulator $simulator
    }
}

Describe 'The question of Invoke-VroPlanFailover' {
    BeforeAll { Start-Server }
    AfterAll { Stop-Server }
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'names plan, server, state, VMs and the latest restore point; a no sends nothing' {
        $asked = Complete-AtHost (Start-AtHost 'Invoke-VroPlanFailover dc1-web -Connection drill' -Answer 2)
        $asked.Questions | Should -HaveCount 1
        $asked.Questions[0] | Should -BeLike "Fail over plan 'dc1-web' at $($simulator.Vro.Server.Authority): type Replica, state Ready (Verified), mode Enabled, 7 VMs. The latest restore point. Chained plans run after it.*"
        Get-Failover | Should -BeNullOrEmpty
    }

    It 'names the restore point exactly as it is sent: <Given>' -ForEach @(
        @{ Given = '2026-11-20T23:00:00'; Sent = '2026-11-20T23:00:00' }
        @{ Given = '[datetime]::SpecifyKind("2026-11-20T23:00:00", "Utc")'; Sent = '2026-11-20T23:00:00' }
        @{ Given = '[datetime]::SpecifyKind("2026-11-20T23:00:00", "Local")'; Sent = '2026-11-20T23:00:00' }
    ) {
        # The clock of the machine may stand anywhere: a year before now is in the past, and the digits are the same.
        $year = [datetime]::UtcNow.Year - 1
        $Given = $Given.Replace('2026', $year)
        $Sent = $Sent.Replace('2026', $year)
        $value = if ($Given.StartsWith('[')) { "($Given)" } else { $Given }
        Set-Plan dc1-erp @{ state = 'Ready'; mode = 'Enabled' }
        $asked = Complete-AtHost (Start-AtHost "Invoke-VroPlanFailover dc1-erp -Connection drill -RestorePointDate $value -NoChainedPlans -ProtectStorageVolumes" -Answer 2)
        "$($asked.Errors)" | Should -BeNullOrEmpty
        $asked.Questions[0] | Should -BeLike "*Restore point $Sent, sent like this, without a time zone. Chained plans do not run; storage volumes are protected.*"
        Invoke-VroPlanFailover dc1-erp -Connection drill -RestorePointDate (& ([scriptblock]::Create($(if ($Given.StartsWith('[')) { $Given } else { "[datetime]'$Given'" })))) -NoChainedPlans -ProtectStorageVolumes -Confirm:$false
        (Get-Failover)[-1].Body | Should -Be "{`"executeChainedPlans`":false,`"restorePointDate`":`"$Sent`",`"protectStorageVolumes`":true}"
        Wait-VroPlan dc1-erp | Out-Null
    }

    It 'is asked in spite of -Force' {
        $asked = Complete-AtHost (Start-AtHost 'Invoke-VroPlanFailover dc2-files -Connection drill -Force' -Answer 2)
        $asked.Questions | Should -HaveCount 1
        Get-Failover | Should -BeNullOrEmpty
    }

    It 'is asked for each plan, before each start' {
        $asked = Complete-AtHost (Start-AtHost 'Get-VroPlan dc1-db, dc2-san -Connection drill | Invoke-VroPlanFailover -PassThru' -Answer 0)
        $asked.Questions | Should -HaveCount 2
        $asked.Output.Name | Should -Be 'dc1-db', 'dc2-san'
        Get-Failover | Should -HaveCount 2
    }

    It 'counts no VMs that it cannot read, and asks all the same' {
        Add-OrchestratorSimulatorFault Vro Status -Path '*/Vms' -Status 403 -Count 0
        $asked = Complete-AtHost (Start-AtHost 'Invoke-VroPlanFailover dc1-web -Connection drill' -Answer 2)
        $asked.Questions[0] | Should -BeLike '*an unknown number of VMs*'
    }

    It 'holds no line that a plan''s name wrote' {
        $body = @{ total = 1; data = @(@{ id = $plan.Id; name = "x`nRestore point: the latest. "; planType = 'Replica'; state = 'Ready'; planMode = 'Enabled' }) } | ConvertTo-Json -Depth 5
        Add-OrchestratorSimulatorFault Vro ReplaceBody -Path '*/Plans' -Body $body -ContentType application/json -Count 0
        $asked = Complete-AtHost (Start-AtHost 'Invoke-VroPlanFailover x* -Connection drill' -Answer 2)
        ($asked.Questions[0] -split "`n") | Should -HaveCount 2
    }

    It 'may stand for long: what has changed meanwhile is seen before anything is sent' {
        Set-Plan dc1-web @{ state = 'Ready'; mode = 'Enabled' }
        $begun = Start-AtHost 'Invoke-VroPlanFailover dc1-web -Connection drill' -Held
        Wait-Until { $begun.Host.Questions.Count -eq 1 }
        Set-Plan dc1-web @{ mode = 'Disabled' }
        # An answer within five seconds is taken at its word.
        Start-Sleep -Milliseconds 5100
        $begun.Host.Open.Set()
        (Complete-AtHost $begun).Errors[0].FullyQualifiedErrorId | Should -BeLike 'Vro.WrongState,*'
        Get-Failover | Should -BeNullOrEmpty
        Set-Plan dc1-web @{ mode = 'Enabled' }
    }

    It 'is not asked under -WhatIf, and nothing is sent' {
        Invoke-VroPlanFailover dc1-web -WhatIf
        Get-VroPlan dc1-web | Invoke-VroPlanFailover -WhatIf -Wait
        Get-OrchestratorSimulatorRequest Vro | Where-Object Method -NE GET | Should -BeNullOrEmpty
    }
}

Describe 'The check of Invoke-VroPlanFailover' {
    BeforeAll { Start-Server }
    AfterAll { Stop-Server }
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'refuses <Name>: <Reason>' -ForEach @(
        @{ Name = 'dc2-files'; Reason = '*Restore plan*' }
        @{ Name = 'dc1-legacy'; Reason = '*mode is InUse*' }
    ) {
        Invoke-VroPlanFailover $Name -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.WrongState,OrchestratorTools.Vro.InvokeVroPlanFailoverCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        "$($failed[0])" | Should -BeLike $Reason
        $failed[0].TargetObject.Name | Should -Be $Name
        Get-Failover | Should -BeNullOrEmpty
    }

    It 'lets the server speak where -Force skips it' {
        Invoke-VroPlanFailover dc2-files -Force -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.WrongState,*'
        Get-Failover | Should -HaveCount 1
        (Get-Failover).Status | Should -Be 409
    }

    It 'warns of what it does not know, and goes on' {
        $body = @{ id = $plan.Id; name = 'dc1-web'; planType = 'QuantumReplica'; state = 'Fine'; planMode = 'Enabled' } | ConvertTo-Json
        Add-OrchestratorSimulatorFault Vro ReplaceBody -Path "*/api/v7.21/Plans/$($plan.Id)" -Body $body -ContentType application/json -Count 0
        Invoke-VroPlanFailover -Id $plan.Id -WhatIf -WarningAction SilentlyContinue -WarningVariable warned
        "$warned" | Should -BeLike '*QuantumReplica*Fine*'
    }

    It 'lists the candidates of a name that means several' {
        Invoke-VroPlanFailover dc1-* -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.Ambiguous,OrchestratorTools.Vro.InvokeVroPlanFailoverCommand'
        "$($failed[0])" | Should -BeLike "*dc1-*4 plans*'dc1-db' (*'dc1-web' ($($plan.Id))*"
        Get-Failover | Should -BeNullOrEmpty
    }

    It 'says which name or id does not exist, and goes on with the next' {
        Invoke-VroPlanFailover nothing, dc2-files -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Should -Be 'Vro.NotFound', 'Vro.WrongState'
        Invoke-VroPlanFailover -Id ([guid]::Empty) -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.NotFound,*'
        "$($failed[0])" | Should -BeLike "*-Id '00000000-*"
    }

    It 'refuses a restore point in the future before it asks anything: <_>' -ForEach '(Get-Date).AddMinutes(2)', '[datetime]::UtcNow.AddMinutes(2)', "[datetime]'2999-01-01'" {
        $when = & ([scriptblock]::Create($_))
        { Invoke-VroPlanFailover dc1-web -RestorePointDate $when } | Should -Throw -ErrorId 'Vro.BadParameter,OrchestratorTools.Vro.InvokeVroPlanFailoverCommand'
        Get-OrchestratorSimulatorRequest Vro | Should -BeNullOrEmpty
    }

    It 'refuses -Timeout and -ThrottleLimit without -Wait' {
        { Invoke-VroPlanFailover dc1-web -Timeout 5 } | Should -Throw -ErrorId 'Vro.BadParameter,*'
        { Invoke-VroPlanFailover dc1-web -ThrottleLimit 5 } | Should -Throw -ErrorId 'Vro.BadParameter,*'
    }

    It 'refuses what is no plan' {
        17 | Invoke-VroPlanFailover -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.BadParameter,*'
    }

    It 'acts on a plan only where it came from' {
        { $plan | Invoke-VroPlanFailover -Connection nowhere -Confirm:$false -ErrorAction Stop } | Should -Throw
        Connect-TestVro $simulator @{ Name = 'twin'; NotDefault = $true } | Out-Null
        { $plan | Invoke-VroPlanFailover -Connection twin -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'Vro.ConnectionMismatch,*'
        Get-Failover | Should -BeNullOrEmpty
    }
}

Describe 'A second failover never reaches the server' {
    BeforeAll { Start-Server -PlanCount 80 }
    AfterAll { Stop-Server }
    BeforeEach {
        $plan = Get-FreshPlan
        $planName = $plan.Name
    }

    It 'when <Name>' -ForEach @(
        @{ Name = 'the answer is lost with a reset'; Fault = @{ Kind = 'LostAnswer' }; Id = 'Vro.OutcomeUnknown' }
        @{ Name = 'the answer is lost in good order'; Fault = @{ Kind = 'LostAnswer'; Close = $true }; Id = 'Vro.OutcomeUnknown' }
        @{ Name = 'a gateway answers 503'; Fault = @{ Kind = 'Status'; Status = 503 }; Id = 'Vro.OutcomeUnknown' }
        @{ Name = 'the server answers 500'; Fault = @{ Kind = 'Status'; Status = 500 }; Id = 'Vro.ServerError' }
    ) {
        Add-OrchestratorSimulatorFault Vro -Method Post -Path '*/Failover' -Count 0 @Fault
        # The same plan twice in one pipeline, and once more by a command of its own.
        $plan, $plan | Invoke-VroPlanFailover -Confirm:$false -Wait -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $plan | Invoke-VroPlanFailover -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable +failed
        $failed.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Should -Be $Id, 'Vro.WrongState', 'Vro.WrongState'
        "$($failed[0].ErrorDetails)" | Should -BeLike "*Get-VroPlanRuntime -Id $($plan.Id)*"
        Get-Failover | Should -HaveCount 1
    }

    It 'when no answer comes in time' {
        Connect-TestVro $simulator @{ Name = 'hasty'; NotDefault = $true; ConnectionTimeoutSeconds = 1 } | Out-Null
        Add-OrchestratorSimulatorFault Vro Latency -Milliseconds 2500 -Method Post -Path '*/Failover' -Count 0
        Invoke-VroPlanFailover -Id $plan.Id -Connection hasty -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.OutcomeUnknown,*'
        Get-Failover | Should -HaveCount 1
    }

    It 'when the token dies between the check and the start: one refused, one accepted' {
        Add-OrchestratorSimulatorFault Vro ExpireSessions -Method Post -Path '*/Failover'
        Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false
        (Get-Failover).Status | Should -Be 401, 200
    }

    It 'when two runspaces start it at once' {
        Set-Plan $planName @{ startDelaySeconds = 600 }
        Add-OrchestratorSimulatorFault Vro Latency -Milliseconds 300 -Method Post -Path '*/Failover' -Count 0
        $both = 1, 2 | ForEach-Object { Start-AtHost "Invoke-VroPlanFailover -Id $($plan.Id) -Connection drill -Confirm:`$false" }
        $ended = $both | ForEach-Object { Complete-AtHost $_ }
        Get-Failover | Should -HaveCount 1
        @($ended.Errors) | Should -HaveCount 1
        @($ended.Errors)[0].FullyQualifiedErrorId | Should -BeLike 'Vro.WrongState,*'
    }

    It 'when the server has not begun yet and the command is given again' {
        Set-Plan $planName @{ startDelaySeconds = 600 }
        Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false
        (Get-VroPlanRuntime -Id $plan.Id).State | Should -Be 'Ready'
        Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        "$($failed[0])" | Should -BeLike '*this process started it*'
        Get-Failover | Should -HaveCount 1
    }

    It 'when the wait is stopped: it ends at once and says what goes on' {
        Set-Plan $planName @{ runSeconds = 36000 }
        $begun = Start-AtHost "Invoke-VroPlanFailover -Id $($plan.Id) -Connection drill -Confirm:`$false -Wait"
        Wait-Until { @(Get-OrchestratorSimulatorRequest Vro -Path '*RuntimeDetails*').Count -gt 2 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $begun.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        $ended = Complete-AtHost $begun
        $ended.Errors | Should -BeNullOrEmpty
        "$($ended.Warnings)" | Should -BeLike "*plan '$planName' goes on at the server*Wait-VroPlan*"
        (Get-VroPlanRuntime -Id $plan.Id).IsRunning | Should -BeTrue
        Get-Failover | Should -HaveCount 1
    }

    It 'when it is stopped while the start is on its way: it says that the outcome is unknown' {
        Add-OrchestratorSimulatorFault Vro Latency -Milliseconds 3000 -Method Post -Path '*/Failover' -Count 0
        $begun = Start-AtHost "Invoke-VroPlanFailover -Id $($plan.Id) -Connection drill -Confirm:`$false"
        Wait-Until { (Get-Failover).Count -gt 0 -or @(Get-OrchestratorSimulatorRequest Vro -Path '*/Vms').Count -ge 4 }
        Start-Sleep -Milliseconds 500
        $begun.Shell.Stop()
        "$((Complete-AtHost $begun).Warnings)" | Should -BeLike "*start of plan '$planName' was on its way*unknown*"
        Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.WrongState,*'
        (Get-Failover).Count | Should -BeLessOrEqual 1
    }
}

Describe 'Waiting' {
    BeforeAll { Start-Server -PlanCount 80 }
    AfterAll { Stop-Server }
    BeforeEach {
        $plan = Get-FreshPlan
        $planName = $plan.Name
    }

    It 'returns what the plan came to, not the state from before: the start is delayed by longer than a look' {
        Set-Plan $planName @{ startDelaySeconds = 120; runSeconds = 30 }
        $runtime = Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false -Wait
        $runtime | Should -BeOfType OrchestratorTools.Clients.Vro.VroPlanRuntime
        $runtime.State | Should -Be 'FailoverComplete'
        $runtime.Result | Should -Be 'Success'
        Get-OrchestratorSimulatorRequest Vro -Path "*RuntimeDetails/Plans/$($plan.Id)" | Measure-Object | ForEach-Object Count | Should -BeGreaterThan 3
    }

    It 'by Wait-VroPlan knows of a start that this process has sent' {
        Set-Plan $planName @{ startDelaySeconds = 90; runSeconds = 30 }
        (Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false -PassThru | Wait-VroPlan).State | Should -Be 'FailoverComplete'
    }

    It 'names the group, the VM and the step that failed' {
        $group = (Get-VroPlanRuntime -Id $plan.Id -IncludeSteps).Groups | Where-Object { $_.Vms } | Select-Object -First 1
        $vm = $group.Vms[0]
        Set-Plan $planName @{ failStep = "$($group.Name)/$($vm.Name)/$($vm.Steps[0].Name)"; runSeconds = 60 }
        Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false -Wait -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.Failed,OrchestratorTools.Vro.InvokeVroPlanFailoverCommand'
        "$($failed[0])" | Should -BeLike "*group '$($group.Name)', VM '$($vm.Name)', step '$($vm.Steps[0].Name)'*"
        Wait-VroPlan -Id $plan.Id -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.Failed,OrchestratorTools.Vro.WaitVroPlanCommand'
    }

    It 'ends at -Timeout, and the plan does not' {
        Set-Plan $planName @{ runSeconds = 36000 }
        Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false -Wait -Timeout 2 -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.Timeout,OrchestratorTools.Vro.InvokeVroPlanFailoverCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        "$($failed[0])" | Should -BeLike '*2 seconds*goes on at the server*'
        (Get-VroPlanRuntime -Id $plan.Id).IsRunning | Should -BeTrue
    }

    It 'ends at once for plans in which nothing runs' {
        @(Wait-VroPlan dc2-files, dc1-leg*, $planName).Count | Should -Be 3
        @(Get-OrchestratorSimulatorRequest Vro -Path '*RuntimeDetails*').Path | Group-Object | Where-Object Count -GT 1 | Should -BeNullOrEmpty
    }

    It 'outlives tokens and refresh tokens, however often' {
        Set-Plan $planName @{ runSeconds = 240 }
        Add-OrchestratorSimulatorFault Vro ExpireSessions -Path '*RuntimeDetails*' -RefreshToken -Skip 2 -Count 3
        (Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false -Wait -WarningAction SilentlyContinue).State | Should -Be 'FailoverComplete'
        Get-Failover | Should -HaveCount 1
    }

    It 'starts the next plan only when the one before has ended' {
        $pair = @($plan; Get-FreshPlan)
        $pair | ForEach-Object { Set-Plan $_.Name @{ runSeconds = 30 } }
        $ended = $pair | Invoke-VroPlanFailover -Confirm:$false -Wait
        $ended.Name | Should -Be $pair.Name
        $second = (Get-Failover)[1].Id
        Get-OrchestratorSimulatorRequest Vro -Path "*RuntimeDetails/Plans/$($pair[0].Id)" | Where-Object Id -GT $second | Should -BeNullOrEmpty
    }

    It 'starts several at once with -ThrottleLimit, and goes on after one that fails' {
        $three = @($plan; Get-FreshPlan; Get-FreshPlan)
        $three | ForEach-Object { Set-Plan $_.Name @{ runSeconds = 60 } }
        $group = (Get-VroPlanRuntime -Id $plan.Id -IncludeSteps).Groups | Where-Object { $_.Vms } | Select-Object -First 1
        Set-Plan $planName @{ failStep = "$($group.Name)/$($group.Vms[0].Name)/$($group.Vms[0].Steps[0].Name)" }
        $ended = $three | Invoke-VroPlanFailover -Confirm:$false -Wait -ThrottleLimit 3 -ErrorAction SilentlyContinue -ErrorVariable failed
        $ended.Name | Sort-Object | Should -Be @($three[1, 2].Name | Sort-Object)
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.Failed,*'
        $failed[0].TargetObject.Name | Should -Be $planName
        # All three were sent before the first wait could have ended.
        $starts = Get-Failover
        $log = @(Get-OrchestratorSimulatorRequest Vro -Method Get -Path '*RuntimeDetails*' | Where-Object { $_.Id -gt $starts[0].Id -and $_.Id -lt $starts[2].Id })
        $log.Count | Should -BeLessThan 30
        $starts | Should -HaveCount 3
    }

    It 'shows one parent bar, at most five children, and what runs' {
        $eight = @($plan; 1..7 | ForEach-Object { Get-FreshPlan })
        $eight | ForEach-Object { Set-Plan $_.Name @{ runSeconds = 120 } }
        $ids = "'$($eight.Id -join "','")'"
        $ended = Complete-AtHost (Start-AtHost "Get-VroPlan -Id $ids -Connection drill | Invoke-VroPlanFailover -Confirm:`$false -Wait -ThrottleLimit 20")
        @($ended.Output).Count | Should -Be 8
        $records = $ended.Progress
        $parent = $records | Where-Object ParentActivityId -LT 0
        $parent.ActivityId | Sort-Object -Unique | Should -HaveCount 1
        $open = [Collections.Generic.HashSet[int]]::new()
        $most = 0
        foreach ($record in $records | Where-Object ParentActivityId -GE 0) {
            $null = if ($record.RecordType -eq 'Completed') { $open.Remove($record.ActivityId) } else { $open.Add($record.ActivityId) }
            $most = [Math]::Max($most, $open.Count)
        }
        $most | Should -BeLessOrEqual 5
        $open | Should -BeNullOrEmpty
        @($records | Where-Object { $_.CurrentOperation -like '* / *' }).Count | Should -BeGreaterThan 0
    }

    # The last one: the server has forgotten the details of all plans after it.
    It 'outlasts a restart of the server, which forgets its runtime details' {
        Set-Plan $planName @{ runSeconds = 400 }
        Invoke-VroPlanFailover -Id $plan.Id -Confirm:$false
        Wait-Until { (Get-VroPlanRuntime -Id $plan.Id).IsRunning }
        Invoke-SimulatorCommand $simulator systems/vro/restart | Out-Null
        (Wait-VroPlan -Id $plan.Id).State | Should -Be 'FailoverComplete'
    }
}

Describe 'Waiting for very many' {
    BeforeAll {
        $simulator = Start-TestSimulator @{ Speed = 1; PlanCount = 400 }
        Connect-TestVro $simulator @{ Name = 'many' } | Out-Null
        $two = @(Get-VroPlan -Connection many -First 200 -Type Replica, CdpReplica, Restore, Storage -Mode Enabled)
        foreach ($one in $two) {
            Invoke-SimulatorCommand $simulator systems/vro/plan @{ id = $one.Id; state = 'Running'; runSeconds = 11 } | Out-Null
        }
        Clear-OrchestratorSimulatorFault -RequestLog -Simulator $simulator
    }

    AfterAll { Stop-Server }

    It 'costs at most two requests a second, and every plan is returned' {
        @($two).Count | Should -Be 200
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $ended = @($two | Wait-VroPlan -Timeout 120)
        $seconds = $watch.Elapsed.TotalSeconds
        $ended.Count | Should -Be 200
        $ended.State | Sort-Object -Unique | Should -Be 'FailoverComplete', 'RestoreComplete'
        $seconds | Should -BeLessThan 35
        # One round may lie at each end.
        @(Get-OrchestratorSimulatorRequest Vro -Simulator $simulator).Count | Should -BeLessOrEqual (2 * $seconds + 10)
    }
}
