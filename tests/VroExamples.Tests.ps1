# The examples of examples/ for the Recovery Orchestrator, run as they stand and against a server of the tests' own.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $examples = Join-Path $RepositoryRoot 'examples'

    function Set-Plan {
        param([string] $Name, [hashtable] $As)
        Invoke-SimulatorCommand $simulator systems/vro/plan ($As + @{ name = $Name }) | Out-Null
    }

    function Get-Sent {
        param([string] $Path)
        @(Get-OrchestratorSimulatorRequest Vro -Path $Path -Simulator $simulator | Where-Object Method -NE GET)
    }
}

Describe 'Test-AllPlans' {
    BeforeAll {
        $simulator = Start-TestSimulator @{ Speed = 60; PlanCount = 20 }
        $null = Connect-TestVro $simulator @{ Name = 'nightly' }
        $report = Join-Path $TestDrive readiness.html
        $check = @{ Connection = 'nightly'; Report = $report; Module = $ModulePath }
        $script = Join-Path $examples Test-AllPlans.ps1
    }

    AfterAll {
        Disconnect-Vro nightly -WarningAction Ignore
        Stop-OrchestratorSimulator $simulator
    }

    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog -Simulator $simulator }

    It 'checks every enabled plan once, four at a time, and says 0' {
        $enabled = @(Get-VroPlan -Mode Enabled)
        $result = @(& $script @check)
        $LASTEXITCODE | Should -Be 0
        $result.Plan | Sort-Object | Should -Be ($enabled.Name | Sort-Object)
        $result.Result | Sort-Object -Unique | Should -Be 'Success'
        Get-Sent '*' | Where-Object Path -NotLike '*/ReadinessCheck' | Should -BeNullOrEmpty
        @(Get-Sent '*/ReadinessCheck').Count | Should -Be $enabled.Count
        # How many ran at any moment, by the server's own history.
        $spans = foreach ($plan in $enabled) {
            $events = (Invoke-SimulatorCommand $simulator systems/vro/history @{ id = $plan.Id }).events
            @{ From = [datetime]($events | Where-Object event -EQ begun).at; To = [datetime]($events | Where-Object event -EQ ended).at }
        }
        $most = ($spans | ForEach-Object { $at = $_.From; @($spans | Where-Object { $_.From -le $at -and $_.To -gt $at }).Count } | Measure-Object -Maximum).Maximum
        $most | Should -BeIn 2, 3, 4
        $text = Get-Content -Raw -LiteralPath $report
        foreach ($name in $enabled.Name) { $text | Should -BeLike "*$([wildcardpattern]::Escape([Security.SecurityElement]::Escape($name).Replace('&apos;', "'").Replace('&quot;', '"')))*" }
    }

    It 'says <Code> where <Because>' -ForEach @(
        @{ Because = 'a check has warnings'; Code = 1; Said = 'Warning'; Plan = 'dc1-web'; As = @{ failStep = '*/*/Check VM Name'; critical = $false }; Fault = $null }
        @{ Because = 'a plan is not ready'; Code = 2; Said = 'NotReady'; Plan = 'dc1-web'; As = @{ failStep = '*/*/Check VM Name' }; Fault = $null }
        @{ Because = 'an answer was lost'; Code = 3; Said = 'Unknown'; Plan = 'dc1-db'; As = @{ failStep = '' }; Fault = @{ Kind = 'LostAnswer'; Path = '*/ReadinessCheck'; Method = 'Post' } }
        @{ Because = 'the plan may not be checked'; Code = 3; Said = 'Unknown'; Plan = 'dc1-erp'; As = @{ failStep = '' }; Fault = @{ Kind = 'Status'; Status = 403; Path = '*/ReadinessCheck'; Method = 'Post' } }
    ) {
        Set-Plan $Plan $As
        if ($Fault) { Add-OrchestratorSimulatorFault Vro -Simulator $simulator @Fault }
        $result = @(& $script @check -Name $Plan)
        $LASTEXITCODE | Should -Be $Code
        $result | Should -HaveCount 1
        $result[0].Result | Should -Be $Said
        $result[0].Reason | Should -Not -BeNullOrEmpty
        @(Get-Sent '*/ReadinessCheck') | Should -HaveCount 1
        $report | Should -Exist
    }

    It 'does not check a plan that runs, and the others all the same' {
        Set-Plan dc2-san @{ state = 'Ready' }
        Set-Plan dc2-files @{ state = 'Ready'; runSeconds = 36000 }
        Invoke-VroPlanReadinessCheck dc2-files -Confirm:$false
        $result = @(& $script @check -Name dc2-san, dc2-files)
        $LASTEXITCODE | Should -Be 1
        ($result | Where-Object Plan -EQ dc2-files).Result | Should -Be 'Busy'
        ($result | Where-Object Plan -EQ dc2-san).Result | Should -Be 'Success'
    }

    It 'says 3 where a check does not end in time, and where there is no plan at all' {
        Set-Plan dc3-db @{ runSeconds = 36000 }
        (& $script @check -Name dc3-db -Timeout 1).Result | Should -Be 'Unknown'
        $LASTEXITCODE | Should -Be 3
        & $script @check -Name 'nothing*' 2>$null | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 3
    }

    It 'shows a simulator with nothing at hand' {
        $alone = Join-Path $TestDrive alone.html
        @(& $script -Module $ModulePath -Report $alone).Plan | Should -Contain 'dc1-web'
        $LASTEXITCODE | Should -Be 0
        $alone | Should -Exist
    }
}

Describe 'Invoke-DatacenterFailover' {
    BeforeAll {
        $script = Join-Path $examples Invoke-DatacenterFailover.ps1
        $waves = 'dc1-db, dc2-san', 'dc1-web', 'dc2-files'
    }

    BeforeEach {
        $simulator = Start-TestSimulator @{ Speed = 60 }
        $null = Connect-TestVro $simulator @{ Name = 'disaster' }
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        $run = @{ Connection = 'disaster'; Wave = $waves; Journal = $journal; Module = $ModulePath; Confirm = $false }
        Clear-OrchestratorSimulatorFault -RequestLog
    }

    AfterEach {
        Get-OrchestratorConnection -System Vro | Disconnect-Vro -WarningAction Ignore
        Stop-OrchestratorSimulator $simulator
    }

    It 'runs the waves one after the other, each plan once, and nothing when it is run again' {
        $result = @(& $script @run)
        $LASTEXITCODE | Should -Be 0
        $result.Plan | Should -Be 'dc1-db', 'dc2-san', 'dc1-web', 'dc2-files'
        $result.Result | Sort-Object -Unique | Should -Be 'FailedOver'
        $starts = Get-Sent '*/Plans/*'
        $starts | Should -HaveCount 4
        $starts.Body | Should -BeLike '*"executeChainedPlans":false*'
        # A wave begins when the last has arrived: its plans were looked at as ended before the next start was sent.
        $web = ($starts | Where-Object Path -Like "*$((Get-VroPlan dc1-web).Id)/Failover").Id
        foreach ($name in 'dc1-db', 'dc2-san') {
            (Get-VroPlanRuntime $name).State | Should -Be 'FailoverComplete'
            ($starts | Where-Object Path -Like "*$((Get-VroPlan $name).Id)/*").Id | Should -BeLessThan $web
        }
        Get-Content -Raw -LiteralPath $journal | ConvertFrom-Json -AsHashtable | Should -BeNullOrEmpty

        $again = @(& $script @run)
        $LASTEXITCODE | Should -Be 0
        $again.Result | Sort-Object -Unique | Should -Be 'Arrived'
        Get-Sent '*/Plans/*' | Should -HaveCount 4
    }

    It 'stops on the first plan that halts, and goes on where it stopped' {
        Set-Plan dc1-web @{ failStep = '*/*/Process*' }
        $result = @(& $script @run)
        $LASTEXITCODE | Should -Be 2
        ($result | Where-Object Plan -EQ dc1-web).Result | Should -Be 'Halted'
        ($result | Where-Object Plan -EQ dc1-web).Reason | Should -BeLike '*Process Replica VM*'
        ($result | Where-Object Plan -EQ dc2-files).Result | Should -Be 'NotBegun'
        Get-Sent '*/Restore' | Should -BeNullOrEmpty

        # Halted as it is, nothing more is begun.
        $again = @(& $script @run)
        $LASTEXITCODE | Should -Be 2
        ($again | Where-Object Plan -EQ dc1-web).Result | Should -Be 'NotReady'
        Get-Sent '*/Failover' | Should -HaveCount 3

        Resume-VroPlan dc1-web -Action RetryFailedStep -Wait -Confirm:$false | Out-Null
        $third = @(& $script @run)
        $LASTEXITCODE | Should -Be 0
        $third.Result | Should -Be 'Arrived', 'Arrived', 'Arrived', 'FailedOver'
        Get-Sent '*/Failover' | Should -HaveCount 3
        Get-Sent '*/Restore' | Should -HaveCount 1
    }

    It 'never starts again what was started and not seen to begin, not in another process either' {
        Set-Plan dc1-db @{ startDelaySeconds = 36000 }
        Add-OrchestratorSimulatorFault Vro LostAnswer -Method Post -Path '*/Failover' -Count 1
        $result = @(& $script @run -Timeout 2 -WarningAction SilentlyContinue)
        $LASTEXITCODE | Should -Be 3
        ($result | Where-Object Plan -EQ dc1-db).Result | Should -Be 'Unknown'
        ($result | Where-Object Plan -EQ dc1-web).Result | Should -Be 'NotBegun'
        $id = (Get-VroPlan dc1-db).Id
        Get-Sent "*/$id/Failover" | Should -HaveCount 1

        # The next run, which remembers nothing but the journal. Meanwhile the plan shows that it is ready.
        (Get-VroPlanRuntime dc1-db).State | Should -Be 'Ready'
        $secret = ConvertFrom-SecureString $simulator.Vro.ClientSecret -AsPlainText
        $output = Invoke-NewProcess -IgnoreExitCode @"
Import-Module '$ModulePath'
`$null = Connect-Vro '$($simulator.Vro.Server)' -ClientId '$($simulator.Vro.ClientId)' -ClientSecret (ConvertTo-SecureString '$($secret.Replace("'", "''"))' -AsPlainText -Force) -ServerCertificateThumbprint $($simulator.Vro.CertificateThumbprint) -NoProxy -Name disaster
& '$script' -Connection disaster -Wave '$($waves -join "','")' -Journal '$journal' -Module '$ModulePath' -StartGrace 2 -Confirm:`$false | ForEach-Object { "`$(`$_.Plan) `$(`$_.Result) `$(`$_.Reason)" }
"exit `$LASTEXITCODE"
Disconnect-Vro disaster -WarningAction Ignore
"@
        $output | Should -Contain 'exit 3'
        "$($output -like 'dc1-db *')" | Should -BeLike "*Unknown*never seen to begin*-Resend 'dc1-db'*"
        Get-Sent "*/$id/Failover" | Should -HaveCount 1
    }

    It 'starts it again when somebody says that it did not begin' {
        Set-Plan dc1-db @{ runSeconds = 60 }
        $id = (Get-VroPlan dc1-db).Id
        @{ $id = [DateTime]::UtcNow.AddMinutes(-1).ToString('o') } | ConvertTo-Json | Set-Content -LiteralPath $journal
        $held = @(& $script @run -StartGrace 1)
        $LASTEXITCODE | Should -Be 3
        $held[0].Result | Should -Be 'Unknown'
        Get-Sent '*/Plans/*' | Should -BeNullOrEmpty
        $null = & $script @run -Resend dc1-db
        $LASTEXITCODE | Should -Be 0
        Get-Sent "*/$id/Failover" | Should -HaveCount 1
    }

    It 'waits for what runs already, and for a check to pass' {
        Set-Plan dc1-db @{ state = 'Running'; runSeconds = 240 }
        Set-Plan dc2-san @{ runSeconds = 200 }
        Invoke-VroPlanReadinessCheck dc2-san -Confirm:$false
        while (-not (Get-VroPlanRuntime dc2-san).IsRunning) { Start-Sleep -Milliseconds 50 }
        $result = @(& $script @run -Wave 'dc1-db, dc2-san')
        $LASTEXITCODE | Should -Be 0 -Because ($result | Out-String)
        $result.Result | Should -Be 'FailedOver', 'FailedOver'
        Get-Sent '*/Failover' | Should -HaveCount 1
    }

    It 'begins nothing of a wave in which a plan cannot start' {
        Disable-VroPlan dc2-san
        Clear-OrchestratorSimulatorFault -RequestLog
        $result = @(& $script @run)
        $LASTEXITCODE | Should -Be 2
        $result.Result | Should -Be 'NotBegun', 'NotReady', 'NotBegun', 'NotBegun'
        Get-Sent '*/Plans/*' | Should -BeNullOrEmpty
    }

    It 'begins nothing with a wrong name in the last wave, a name twice, or -WhatIf' {
        & $script @run -Wave 'dc1-db', 'dc1-nothing' 2>$null | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 1
        & $script @run -Wave 'dc1-db', 'dc1-web, DC1-DB' 2>$null | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 1
        $run.Remove('Confirm')
        (& $script @run -WhatIf).Result | Sort-Object -Unique | Should -Be 'NotBegun'
        $LASTEXITCODE | Should -Be 1
        Get-Sent '*/Plans/*' | Should -BeNullOrEmpty
        $journal | Should -Not -Exist
    }

    It 'shows a simulator with nothing at hand' {
        (& $script -Module $ModulePath -Confirm:$false).Result | Should -Be 'FailedOver', 'FailedOver', 'FailedOver', 'FailedOver'
        $LASTEXITCODE | Should -Be 0
    }
}
