# A sample of random runs through the real cmdlets: what they say and what the server's log and the plan's own history tell must agree. The thousand are in xunit (VroRandomRunTests).
# ORCHESTRATORTOOLS_TEST_SEED sets the seed.
BeforeDiscovery {
    $script:seed = if ($env:ORCHESTRATORTOOLS_TEST_SEED -match '^\d+$') { [int]$env:ORCHESTRATORTOOLS_TEST_SEED } else { 20261121 }
    $script:runs = 0..19 | ForEach-Object { @{ Number = $_; Seed = $seed } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 60; PlanCount = 200 }
    $null = Connect-TestVro $simulator @{ Name = 'drill'; ConnectionTimeoutSeconds = 20 }
    $pool = @{}
    foreach ($type in 'Replica', 'Restore') { $pool[$type] = @(Get-VroPlan -Type $type -Mode Enabled | Where-Object { $_.VerificationState -eq 'Verified' -and $_.Name -notlike 'dc[12]-*' }) }

    # What each leads to, from where: the oracle's own table.
    $actions = @(
        @{ Line = 'Invoke-VroPlanFailover'; Path = 'Failover'; From = 'Ready'; Goal = 'FailoverComplete' }
        @{ Line = 'Invoke-VroPlanRestore'; Path = 'Restore'; From = 'Ready'; Goal = 'RestoreComplete'; Type = 'Restore' }
        @{ Line = 'Invoke-VroPlanPermanentFailover'; Path = 'PermanentFailover'; From = 'FailoverComplete'; Goal = 'PermanentFailoverComplete' }
        @{ Line = 'Initialize-VroPlanFailback'; Path = 'PrepareToFailback'; From = 'FailoverComplete'; Goal = 'PrepareForFailbackComplete' }
        @{ Line = 'Invoke-VroPlanFailback'; Path = 'FailbackToProduction'; From = 'FailoverComplete'; Goal = 'FailbackComplete' }
        @{ Line = 'Switch-VroPlanToProduction'; Path = 'SwitchoverToProduction'; From = 'PrepareForFailbackComplete'; Goal = 'FailbackComplete' }
        @{ Line = 'Complete-VroPlanFailback'; Path = 'CommitFailback'; From = 'FailbackComplete'; Goal = 'CommitFailbackComplete' }
        @{ Line = 'Undo-VroPlan'; Path = 'Undo'; From = 'FailoverComplete'; Goal = 'UndoFailoverComplete' }
        @{ Line = 'Resume-VroPlan -Action ProceedToNextStep'; Path = 'Continue'; From = 'Halted'; Goal = 'FailoverComplete' }
        @{ Line = 'Reset-VroPlan'; Path = 'ResetState'; From = 'FailoverComplete'; Goal = 'Disabled' }
    )
    # What happens to it, and what must then be said: by the server's log, not by the cmdlet.
    $disturbances = @(
        @{ Name = 'nothing' }
        @{ Name = 'lost'; Fault = @{ Kind = 'LostAnswer' } }
        @{ Name = 'refused'; Fault = @{ Kind = 'Refuse' } }
        @{ Name = 'gateway'; Fault = @{ Kind = 'Status'; Status = 503 } }
        @{ Name = 'error'; Fault = @{ Kind = 'Status'; Status = 500 } }
        @{ Name = 'token'; Fault = @{ Kind = 'ExpireSessions'; RefreshToken = $true } }
        @{ Name = 'page'; Fault = @{ Kind = 'ReplaceBody'; Body = '<html></html>'; ContentType = 'text/html' } }
        @{ Name = 'fails' }
        @{ Name = 'restart' }
        @{ Name = 'halted by another' }
        @{ Name = 'wrong state' }
        @{ Name = 'outage' }
    )
}

AfterAll {
    Get-OrchestratorConnection -System Vro | Disconnect-Vro -WarningAction SilentlyContinue
    Stop-OrchestratorSimulator $simulator
}

Describe 'Run <Number> of seed <Seed>' -ForEach $runs {
    It 'says what the server saw' {
        $random = [Random]::new($Seed * 31 + $Number)
        $action = $actions[$random.Next($actions.Count)]
        # The first runs have each disturbance once.
        $disturbance = $disturbances[$(if ($Number -lt $disturbances.Count) { $Number } else { $random.Next($disturbances.Count) })]
        $type = $action.Type ?? 'Replica'
        $plan = $pool[$type][$Number]
        $as = @{ id = $plan.Id; state = $(if ($disturbance.Name -eq 'wrong state') { 'Disabled' } else { $action.From }); runSeconds = $random.Next(20, 60); startDelaySeconds = $random.Next(3) * 15 }
        # A run that somebody is to halt, or that is to outlast a restart, must last until that.
        if ($disturbance.Name -in 'halted by another', 'restart') { $as.runSeconds = 240 }
        if ($disturbance.Name -eq 'halted by another') { $as.startDelaySeconds = 0 }
        $null = Invoke-SimulatorCommand $simulator systems/vro/plan $as
        if ($disturbance.Name -eq 'fails') { $null = Invoke-SimulatorCommand $simulator systems/vro/plan @{ id = $plan.Id; failStep = '*/*/*'; failCount = -1; critical = $true } }
        Clear-OrchestratorSimulatorFault -RequestLog
        if ($disturbance.Fault) {
            $fault = $disturbance.Fault
            Add-OrchestratorSimulatorFault Vro @fault -Method Post -Path "*/$($plan.Id)/$($action.Path)"
        }
        if ($disturbance.Name -eq 'outage') { Add-OrchestratorSimulatorFault Vro Status -Status 503 -Path "*/RuntimeDetails/Plans/$($plan.Id)" -Skip 1 -Count 3 }

        $begun = Start-AtHost "$($action.Line) -Id $($plan.Id) -Connection drill -Wait -Timeout 30 -Confirm:`$false"
        if ($disturbance.Name -in 'halted by another', 'restart') {
            Wait-Until { (Invoke-SimulatorCommand $simulator systems/vro/history @{ id = $plan.Id }).isRunning -or $begun.Running.IsCompleted }
            if ($disturbance.Name -eq 'restart') { $null = Invoke-SimulatorCommand $simulator systems/vro/restart }
            else { Stop-VroPlan -Id $plan.Id -Confirm:$false -ErrorAction SilentlyContinue }
        }
        $said = Complete-AtHost $begun
        $id = if ($said.Errors) { $said.Errors[0].FullyQualifiedErrorId.Split(',')[0] } else { 'Success' }
        $truth = Invoke-SimulatorCommand $simulator systems/vro/history @{ id = $plan.Id }
        $why = "$($action.Line), $($disturbance.Name): it says $id ($($said.Errors)); the server: $($truth.state), $(($truth.events | ForEach-Object { "$($_.event) $($_.operation)" }) -join ', ')"

        # Sent once; what came before was certainly not taken.
        $posts = @(Get-OrchestratorSimulatorRequest Vro -Method Post -Path "*/Plans/$($plan.Id)/$($action.Path)")
        if ($posts.Count -gt 1) { $posts[0..($posts.Count - 2)].Status | Sort-Object -Unique | Should -Be 401 -Because $why }
        if ($posts.Count -eq 0) {
            $id | Should -Be 'Vro.WrongState' -Because $why
            "$($said.Errors[0].ErrorDetails)" | Should -BeLike '*Nothing was sent*' -Because $why
            return
        }

        $last = $posts[-1]
        $expected = if ($last.Aborted -or $last.Status -eq 503 -or $disturbance.Name -eq 'page') { 'Vro.OutcomeUnknown' }
        elseif ($last.Status -eq 500) { 'Vro.ServerError' }
        elseif ($last.Status -eq 409) { 'Vro.WrongState' }
        else {
            $end = $truth.events | Where-Object event -In ended, halted, abandoned | Select-Object -Last 1
            if (-not $end) { 'Vro.Timeout' } elseif ($end.event -eq 'ended') { 'Success' } else { 'Vro.Failed' }
        }
        $id | Should -Be $expected -Because $why
        if ($id -eq 'Success') {
            $said.Output[0].State | Should -Be $action.Goal -Because $why
            $truth.state | Should -Be $action.Goal -Because $why
        }
        else {
            $said.Output | Should -BeNullOrEmpty -Because $why
            if ($id -in 'Vro.OutcomeUnknown', 'Vro.Failed', 'Vro.Timeout') { "$($said.Errors[0].ErrorDetails)" | Should -BeLike '*-VroPlan*' -Because $why }
        }
    }
}
