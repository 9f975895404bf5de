# What each role may do, and clocks that do not agree: what the server says reaches the user, and nothing is done that should not be.
BeforeDiscovery {
    # The user guide: an author enables, disables, resets, checks, and does not run or schedule; an operator runs and schedules what is enabled, resets, checks, and does not enable.
    $script:matrix = @(
        @{ Line = 'Invoke-VroPlanFailover'; Path = 'Failover'; From = 'Ready'; Author = $false; Operator = $true }
        @{ Line = 'Invoke-VroPlanRestore'; Path = 'Restore'; From = 'Ready'; Type = 'Restore'; Author = $false; Operator = $true }
        @{ Line = 'Undo-VroPlan'; Path = 'Undo'; From = 'FailoverComplete'; Author = $false; Operator = $true }
        @{ Line = 'Invoke-VroPlanPermanentFailover'; Path = 'PermanentFailover'; From = 'FailoverComplete'; Author = $false; Operator = $true }
        @{ Line = 'Initialize-VroPlanFailback'; Path = 'PrepareToFailback'; From = 'FailoverComplete'; Author = $false; Operator = $true }
        @{ Line = 'Invoke-VroPlanFailback'; Path = 'FailbackToProduction'; From = 'FailoverComplete'; Author = $false; Operator = $true }
        @{ Line = 'Switch-VroPlanToProduction'; Path = 'SwitchoverToProduction'; From = 'PrepareForFailbackComplete'; Author = $false; Operator = $true }
        @{ Line = 'Complete-VroPlanFailback'; Path = 'CommitFailback'; From = 'FailbackComplete'; Author = $false; Operator = $true }
        @{ Line = 'Resume-VroPlan -Action ProceedToNextStep'; Path = 'Continue'; From = 'Halted'; Author = $false; Operator = $true }
        @{ Line = 'Stop-VroPlan'; Path = 'Halt'; From = 'Running'; Author = $false; Operator = $true }
        @{ Line = 'Set-VroPlanSchedule -At 2999-01-01'; Path = 'Schedule/SaveTime'; From = 'Ready'; Author = $false; Operator = $true }
        @{ Line = 'Reset-VroPlan'; Path = 'ResetState'; From = 'FailoverComplete'; Author = $true; Operator = $true }
        @{ Line = 'Invoke-VroPlanReadinessCheck'; Path = 'ReadinessCheck'; From = 'Ready'; Author = $true; Operator = $true }
        @{ Line = 'Enable-VroPlan'; Path = 'Enable'; From = 'Disabled'; Author = $true; Operator = $false }
        @{ Line = 'Disable-VroPlan'; Path = 'Disable'; From = 'Ready'; Author = $true; Operator = $false }
        @{ Line = 'Copy-VroPlan'; Path = 'Clone'; From = 'Ready'; Author = $true; Operator = $false }
        @{ Line = 'Clear-VroPlanChangeLog'; Path = 'ResetChangeLog'; From = 'Ready'; Author = $true; Operator = $false }
    )
    foreach ($entry in $matrix | Where-Object { -not $_.ContainsKey('Type') }) { $entry.Type = 'Replica' }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ Speed = 60; PlanCount = 200 }
    $null = Connect-TestVro $simulator @{ Name = 'all' }
    $pin = @{ ServerCertificateThumbprint = $simulator.Vro.CertificateThumbprint; NoProxy = $true }
    foreach ($role in 'author', 'operator') {
        $null = Connect-Vro $simulator.Vro.Server -Credential ($simulator.Vro.Users | Where-Object Name -EQ "LAB\$role").Credential @pin -Name $role -NotDefault
    }
    $pool = @{}
    foreach ($type in 'Replica', 'Restore') { $pool[$type] = [Collections.Generic.Queue[object]]@(Get-VroPlan -Type $type -Mode Enabled | Where-Object { $_.VerificationState -eq 'Verified' -and $_.Name -notlike 'dc[12]-*' }) }
}

AfterAll {
    Get-OrchestratorConnection -System Vro | Disconnect-Vro -WarningAction SilentlyContinue
    Stop-OrchestratorSimulator $simulator
}

Describe 'The roles: <Line>' -ForEach $matrix {
    It 'the <Role> may: <May>' -ForEach @(@{ Role = 'author'; May = $Author }, @{ Role = 'operator'; May = $Operator }) {
        $plan = $pool[$Type].Dequeue()
        $null = Invoke-SimulatorCommand $simulator systems/vro/plan @{ id = $plan.Id; state = $From; runSeconds = 36000 }
        $before = Get-VroPlan -Id $plan.Id
        Clear-OrchestratorSimulatorFault -RequestLog
        & ([scriptblock]::Create("$Line -Id $($plan.Id) -Connection $Role -Confirm:`$false -ErrorAction SilentlyContinue -ErrorVariable script:failed"))
        $sent = @(Get-OrchestratorSimulatorRequest Vro -Path "*/Plans/$($plan.Id)/$Path" | Where-Object Method -NE GET)
        $sent | Should -HaveCount 1
        if ($May) {
            $failed | Should -BeNullOrEmpty
            $sent[0].Status | Should -BeIn 200, 204
            return
        }
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.Permission,*'
        $failed[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $sent[0].Status | Should -Be 403
        $now = Get-VroPlan -Id $plan.Id
        "$($now.State) $($now.Mode)" | Should -Be "$($before.State) $($before.Mode)"
    }
}

Describe 'Clocks that do not agree' {
    It 'a server whose clock is <Ahead> ahead: tokens, runs and waits work, and what it refuses is said' -ForEach @(@{ Ahead = '1.00:00:00' }, @{ Ahead = '700.00:00:00' }) {
        $other = Start-TestSimulator @{ Speed = 60 }
        $null = Invoke-RestMethod -NoProxy -Method Post -Uri "$($other.ControlServer)clock" -Headers @{ 'X-Control-Token' = (ConvertFrom-SecureString $other.ControlToken -AsPlainText) } -ContentType application/json -Body (ConvertTo-Json @{ advanceSeconds = ([timespan]$Ahead).TotalSeconds })
        $null = Connect-TestVro $other @{ Name = 'ahead'; NotDefault = $true }
        (Invoke-VroPlanFailover dc1-web -Connection ahead -Wait -Timeout 60 -Confirm:$false).State | Should -Be 'FailoverComplete'
        # In the future here, in the past there: the server speaks.
        Set-VroPlanSchedule dc1-db -At ([datetime]::UtcNow.AddHours(5)) -Connection ahead -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.Validation,*'
        (Get-VroPlan dc1-db -Connection ahead).Schedule | Should -BeNullOrEmpty
        Disconnect-Vro ahead
        Stop-OrchestratorSimulator $other
    }

    It 'a zone that the server writes its times in does not change what is sent' {
        $null = Invoke-SimulatorCommand $simulator systems/vro/settings @{ utcOffsetMinutes = 330 }
        $plan = $pool.Replica.Dequeue()
        Clear-OrchestratorSimulatorFault -RequestLog
        Invoke-VroPlanFailover -Id $plan.Id -RestorePointDate ([datetime]'2025-02-03T04:05:06') -Wait -Timeout 60 -Confirm:$false | Out-Null
        (Get-OrchestratorSimulatorRequest Vro -Path '*/Failover')[-1].Body | Should -BeLike '*"2025-02-03T04:05:06"*'
        (Get-VroPlanRuntime -Id $plan.Id).StartTime.Kind | Should -Be 'Unspecified'
        $null = Invoke-SimulatorCommand $simulator systems/vro/settings @{ utcOffsetMinutes = 0 }
    }
}
