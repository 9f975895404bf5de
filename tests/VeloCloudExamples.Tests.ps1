# The examples of examples/ about VeloCloud, run as they stand and against servers of the tests' own.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $examples = Join-Path $RepositoryRoot 'examples'
}

Describe 'Watch-LinkQuality' {
    BeforeAll {
        $script = Join-Path $examples Watch-LinkQuality.ps1
    }

    Context 'with nothing at hand' {
        It 'shows a link that goes down and comes back, ends by itself, and leaves nothing behind' {
            $before = @(Get-OrchestratorConnection).Count
            $changes = @(& $script -Module $ModulePath)
            $down = @($changes | Where-Object { $_.Finding -eq 'Well' })
            $down.Count | Should -Be 1
            $down[0].Reason | Should -Be 'was: state DISCONNECTED'
            @($changes | Where-Object { $_.Finding -eq 'Bad' -and $_.Edge -eq $down[0].Edge -and $_.Interface -eq $down[0].Interface }).Count | Should -Be 1
            @(Get-OrchestratorConnection).Count | Should -Be $before
        }
    }

    Context 'with a server' {
        BeforeAll {
            $simulator = Start-TestSimulator @{ EdgeCount = 24 }
            $user = $simulator.VeloCloud.Users | Where-Object Tier -EQ operator
            $null = Connect-VeloCloud $simulator.VeloCloud.Server -Credential $user.Credential -Operator -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name watched
            $watch = @{ Connection = 'watched'; Enterprise = 'Acme'; Module = $ModulePath; IntervalSeconds = 0; Count = 1 }

            function Set-Edge {
                param([string] $Name, [string] $State)
                $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/edge' @{ name = $Name; edgeState = $State }
            }
        }

        AfterAll {
            Disconnect-VeloCloud watched
            Stop-OrchestratorSimulator $simulator
        }

        It 'says what is bad at the moment, once each' {
            $changes = @(& $script @watch)
            $bad = @(Get-VeloCloudLinkStatus -Enterprise Acme -State DISCONNECTED)
            @($changes | Where-Object Reason -Like '*state DISCONNECTED*').Count | Should -Be $bad.Count
            $changes.Finding | Sort-Object -Unique | Should -Be Bad
            @(& $script @watch -Count 3).Count | Should -Be $changes.Count
        }

        It 'takes edges by name, and scores as bad that are below the limit' {
            @(& $script @watch -Edge branch-0000 -BelowScore 0) | Should -BeNullOrEmpty
            $changes = @(& $script @watch -Edge branch-0000 -BelowScore 10 -Minutes 1440)
            $changes.Count | Should -Be 2
            $changes[0].Edge | Should -Be branch-0000
            $changes[0].Reason | Should -Match '^(Voice|Video|Transactional) \d'
        }

        It 'says when a link is well again, and writes a file' {
            $csv = Join-Path $TestDrive links.csv
            Set-Edge branch-0000 DEGRADED
            $rounds = 0
            $changes = @(& $script @watch -Count 2 -Edge branch-0000 -BelowScore 0 -Csv $csv | ForEach-Object { if ($rounds++ -eq 0) { Set-Edge branch-0000 CONNECTED }; $_ })
            $changes.Finding | Should -Be 'Bad', 'Well'
            $rows = @(Import-Csv -LiteralPath $csv)
            $rows.Finding | Should -Be 'Bad', 'Well'
            [DateTimeOffset]::ParseExact($rows[0].Time, 'o', [cultureinfo]::InvariantCulture) | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(-10))
        }

        It 'only reads' {
            Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
            $null = & $script @watch
            $paths = Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud | ForEach-Object Path | Sort-Object -Unique
            $paths | Where-Object { $_ -notmatch '/(get[A-Za-z]+)$' } | Should -BeNullOrEmpty
        }
    }
}
