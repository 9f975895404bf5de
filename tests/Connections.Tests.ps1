BeforeDiscovery {
    $script:systems = @(
        @{ System = 'VeloCloud'; List = { Get-VeloCloudEnterprise @args }; Logout = '*/logout' }
        @{ System = 'Vcd'; List = { Get-VcdOrg @args }; Logout = '*/session*' }
        @{ System = 'Vro'; List = { Get-VroPlan @args }; Logout = '*/token' }
    )
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator
    $second = Start-TestSimulator @{ Seed = 2 }

    function Connect-Test {
        param([string] $System, $Simulator, [hashtable] $Option = @{})
        & "Connect-Test$System" $Simulator $Option
    }

    function Disconnect-All {
        foreach ($connection in Get-OrchestratorConnection) {
            & "Disconnect-$($connection.System)" $connection
        }
    }

    # Requests that end a session at the server.
    function Get-Logout {
        param($Simulator, [string] $System, [string] $Path)
        @(Get-OrchestratorSimulatorRequest -Simulator $Simulator $System -Path $Path | Where-Object { $_.Method -eq 'DELETE' -or $_.Path -like '*logout' })
    }

    # A runspace of its own, with the module in it.
    function New-TestRunspace {
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $null = Invoke-InRunspace $runspace "Import-Module '$ModulePath'"
        $runspace
    }

    function Invoke-InRunspace {
        param($Runspace, [string] $Script, [object[]] $Argument = @())
        $shell = [powershell]::Create()
        try {
            $shell.Runspace = $Runspace
            $null = $shell.AddScript($Script)
            foreach ($value in $Argument) {
                $null = $shell.AddArgument($value)
            }
            $output = $shell.Invoke()
            if ($shell.HadErrors) {
                throw $shell.Streams.Error[0]
            }
            $output
        }
        finally {
            $shell.Dispose()
        }
    }
}

AfterAll {
    Stop-OrchestratorSimulator $simulator, $second
}

Describe 'A connection to <System>' -ForEach $systems {
    AfterEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator
        Disconnect-All
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        Clear-OrchestratorSimulatorFault -Simulator $second -RequestLog
    }

    It 'is returned, listed, and the default' {
        $connection = Connect-Test $System $simulator
        $connection | Should -BeOfType OrchestratorTools.OrchestratorConnection
        $connection.System | Should -Be $System
        $connection.Server.Authority | Should -Be $simulator.$System.Server.Authority
        $connection.ApiVersion | Should -Not -BeNullOrEmpty
        $connection.User | Should -Not -BeNullOrEmpty
        $connection.ConnectedAt.Offset | Should -Be ([timespan]::Zero)
        $connection.Name | Should -BeLike "*@*$($simulator.$System.Server.Authority)"
        Get-OrchestratorConnection | Should -Be $connection
        Get-OrchestratorConnection -System $System -Default | Should -Be $connection
        (& $List | Select-Object -First 1).Connection | Should -Be $connection.Name
    }

    It 'shows no secret, whatever is done to it' {
        $connection = Connect-Test $System $simulator
        $file = Join-Path $TestDrive 'connection.xml'
        Export-Clixml -InputObject $connection -LiteralPath $file -Depth 10
        $shown = @(
            "$connection"
            $connection | Format-List * -Force | Out-String
            $connection | Format-Custom * -Depth 6 | Out-String
            ConvertTo-Json $connection -Depth 6 -WarningAction Ignore
            Get-Content -Raw $file
            $connection | Get-Member -Force | Out-String
            $connection.PSObject.Properties | Out-String
        ) -join "`n"
        foreach ($secret in $simulator.$System.Credential.GetNetworkCredential().Password, (ConvertFrom-SecureString $simulator.$System.Token -AsPlainText)) {
            $shown | Should -Not -BeLike "*$([wildcardpattern]::Escape($secret))*"
        }
        $shown | Should -Not -Match 'Bearer|Ticket|eyJ'
    }

    It 'shows no secret in verbose, debug and error streams' {
        $connected = Connect-Test $System $simulator @{ Verbose = $true; Debug = $true } *>&1
        $listed = & $List -Verbose -Debug *>&1
        $text = @($connected; $listed) | Out-String -Width 4000
        foreach ($secret in $simulator.$System.Credential.GetNetworkCredential().Password, (ConvertFrom-SecureString $simulator.$System.Token -AsPlainText)) {
            $text | Should -Not -BeLike "*$([wildcardpattern]::Escape($secret))*"
        }
        @($listed | Where-Object { $_ -is [Management.Automation.VerboseRecord] -and $_.Message -match '^(GET|POST) https://.* 200 \d+ ms, attempt 1$' }).Count | Should -BeGreaterThan 0
        @($listed | Where-Object { $_ -is [Management.Automation.DebugRecord] }).Count | Should -BeGreaterThan 0
    }

    It 'made again under a name replaces the old one and logs it out' {
        $old = Connect-Test $System $simulator @{ Name = 'main' }
        $new = Connect-Test $System $simulator @{ Name = 'main' }
        @(Get-OrchestratorConnection).Count | Should -Be 1
        Get-OrchestratorConnection main | Should -Be $new
        $new | Should -Not -Be $old
        (Get-Logout $simulator $System $Logout).Count | Should -Be 1
        & $List | Select-Object -First 1 | Should -Not -BeNullOrEmpty
    }

    It 'with -NotDefault leaves the default as it is' {
        $first = Connect-Test $System $simulator @{ Name = 'first' }
        $null = Connect-Test $System $second @{ Name = 'second'; NotDefault = $true }
        Get-OrchestratorConnection -System $System -Default | Should -Be $first
        (& $List | Select-Object -First 1).Connection | Should -Be 'first'
    }

    It 'can be chosen' {
        $null = Connect-Test $System $simulator @{ Name = 'first' }
        $null = Connect-Test $System $second @{ Name = 'second' }
        (& $List | Select-Object -First 1).Connection | Should -Be 'second'
        Select-OrchestratorConnection first -PassThru | Should -Not -BeNullOrEmpty
        (& $List | Select-Object -First 1).Connection | Should -Be 'first'
    }

    It 'is named by -Connection: exact name before wildcard, several, objects' {
        $null = Connect-Test $System $simulator @{ Name = 'a' }
        $null = Connect-Test $System $second @{ Name = 'ab' }
        @(& $List -Connection a | Select-Object -ExpandProperty Connection -Unique) | Should -Be 'a'
        @(& $List -Connection a* | Select-Object -ExpandProperty Connection -Unique) | Should -Be 'a', 'ab'
        @(& $List -Connection ab, a | Select-Object -ExpandProperty Connection -Unique) | Should -Be 'ab', 'a'
        @(& $List -Connection (Get-OrchestratorConnection ab) | Select-Object -ExpandProperty Connection -Unique) | Should -Be 'ab'
        . $List -Connection nope -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.Authentication,*"
        "$($failed[0])" | Should -BeLike "*'nope'*Open are: 'a', 'ab'*"
    }

    It 'is missing: the error says which Connect- to run' {
        . $List -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.Authentication,*"
        "$($failed[0])" | Should -BeLike "*Run Connect-$System first*"
        $failed[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'is tested' {
        $null = Connect-Test $System $simulator @{ Name = 'tested'; MaximumRetryCount = 0 }
        Test-OrchestratorConnection tested | Should -BeTrue
        Add-OrchestratorSimulatorFault -Simulator $simulator $System Refuse -Count 0
        Test-OrchestratorConnection tested | Should -BeFalse
        Clear-OrchestratorSimulatorFault -Simulator $simulator
        Test-OrchestratorConnection tested | Should -BeTrue
        Test-OrchestratorConnection nope | Should -BeFalse
    }

    It 'completes by name' {
        $null = Connect-Test $System $simulator @{ Name = 'prod one' }
        $line = "Disconnect-$System -Connection pr"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be "'prod one'"
    }

    It 'logs out at the server, then is forgotten' {
        $null = Connect-Test $System $simulator @{ Name = 'gone' }
        & "Disconnect-$System" gone -WhatIf
        Get-OrchestratorConnection gone | Should -Not -BeNullOrEmpty
        (Get-Logout $simulator $System $Logout).Count | Should -Be 0
        & "Disconnect-$System" gone
        Get-OrchestratorConnection | Should -BeNullOrEmpty
        (Get-Logout $simulator $System $Logout).Count | Should -Be 1
    }

    It 'is forgotten with a warning when the server cannot be told' {
        $null = Connect-Test $System $simulator @{ Name = 'gone'; MaximumRetryCount = 0 }
        Add-OrchestratorSimulatorFault -Simulator $simulator $System Refuse -Count 0
        & "Disconnect-$System" gone -WarningVariable warned -WarningAction SilentlyContinue
        Get-OrchestratorConnection | Should -BeNullOrEmpty
        "$warned" | Should -BeLike "*'gone' was forgotten*"
    }

    It 'of another name or server than the piped object is a mismatch, and nothing is sent' {
        $null = Connect-Test $System $simulator @{ Name = 'first' }
        $null = Connect-Test $System $second @{ Name = 'second' }
        $piped = & $List -Connection first | Select-Object -First 1
        $use = @{ VeloCloud = { $piped | Get-VeloCloudEdge @args }; Vcd = { $piped | Get-VcdCatalog @args }; Vro = { $piped | Get-VroPlanRuntime @args } }[$System]
        (& $use | Select-Object -First 1).Connection | Should -Be 'first'
        Clear-OrchestratorSimulatorFault -Simulator $second -RequestLog
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        . $use -Connection second -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.ConnectionMismatch,*"
        Get-OrchestratorSimulatorRequest -Simulator $second | Should -BeNullOrEmpty
        Get-OrchestratorSimulatorRequest -Simulator $simulator | Should -BeNullOrEmpty

        # The name now leads elsewhere.
        $null = Connect-Test $System $second @{ Name = 'first' }
        Clear-OrchestratorSimulatorFault -Simulator $second -RequestLog
        . $use -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$System.ConnectionMismatch,*"
        Get-OrchestratorSimulatorRequest -Simulator $second | Should -BeNullOrEmpty
    }

    It 'ends a request in flight when the pipeline is stopped' {
        $null = Connect-Test $System $simulator
        Add-OrchestratorSimulatorFault -Simulator $simulator $System Latency -Milliseconds 60000 -Count 0
        $runspace = New-TestRunspace
        $shell = [powershell]::Create()
        try {
            $shell.Runspace = $runspace
            $null = $shell.AddScript("& { $List }")
            $running = $shell.BeginInvoke()
            for ($i = 0; $i -lt 400 -and -not (Get-OrchestratorSimulatorRequest -Simulator $simulator $System | Where-Object Fault -EQ 'latency'); $i++) {
                Start-Sleep -Milliseconds 25
            }
            $running.IsCompleted | Should -BeFalse
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            # The latency is a minute: whether it ended at once or waited shows even on a slow machine.
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}

Describe 'Runspaces' {
    BeforeAll {
        $oldPath = $env:PSModulePath
        $env:PSModulePath = (Join-Path $RepositoryRoot 'out') + [IO.Path]::PathSeparator + $env:PSModulePath
    }

    AfterAll {
        $env:PSModulePath = $oldPath
    }

    AfterEach {
        Disconnect-All
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'that made no connection use the process''s default' {
        $null = Connect-TestVro $simulator @{ Name = 'main' }
        1..6 | ForEach-Object -ThrottleLimit 3 -Parallel { (Get-VroPlan | Select-Object -First 1).Connection } | Should -Be (@('main') * 6)
    }

    It 'that connect do not disturb each other, and start clean when they are reused' {
        $null = Connect-TestVro $simulator @{ Name = 'main' }
        $seen = 1..4 | ForEach-Object -ThrottleLimit 1 -Parallel {
            $before = (Get-OrchestratorConnection -System Vro -Default).Name
            $simulator = $using:second
            $null = Connect-Vro $simulator.Vro.Server -Credential $simulator.Vro.Credential -ServerCertificateThumbprint $simulator.Vro.CertificateThumbprint -NoProxy -Name "worker $_"
            "$before/$((Get-VroPlan | Select-Object -First 1).Connection)"
        }
        $seen | Should -Be 'main/worker 1', 'main/worker 2', 'main/worker 3', 'main/worker 4'
        (Get-OrchestratorConnection -System Vro -Default).Name | Should -Be 'main'
    }

    It 'that close, remove the module or import it again touch nobody else''s connections' {
        $null = Connect-TestVro $simulator @{ Name = 'main' }
        $worker = New-TestRunspace
        $null = Invoke-InRunspace $worker "Import-Module '$ModulePath' -Force; Remove-Module OrchestratorTools; Import-Module '$ModulePath'"
        $worker.Close()
        $worker.Dispose()
        $third = New-TestRunspace
        $third.Dispose()
        Get-OrchestratorConnection main | Should -Not -BeNullOrEmpty
        (Get-Logout $simulator Vro '*/token').Count | Should -Be 0
        Get-VroPlan | Select-Object -First 1 | Should -Not -BeNullOrEmpty
    }

    It 'choose for themselves; -Process chooses for all that did not' {
        $null = Connect-TestVro $simulator @{ Name = 'main' }
        $null = Connect-TestVro $second @{ Name = 'other'; NotDefault = $true }
        $worker = New-TestRunspace
        try {
            $null = Invoke-InRunspace $worker 'Select-OrchestratorConnection other'
            Invoke-InRunspace $worker '(Get-OrchestratorConnection -Default).Name' | Should -Be 'other'
            (Get-OrchestratorConnection -System Vro -Default).Name | Should -Be 'main'
            $null = Invoke-InRunspace $worker 'Select-OrchestratorConnection other -Process'
            $fresh = New-TestRunspace
            Invoke-InRunspace $fresh '(Get-OrchestratorConnection -Default).Name' | Should -Be 'other'
            $fresh.Dispose()
            (Get-OrchestratorConnection -System Vro -Default).Name | Should -Be 'main'
        }
        finally {
            $worker.Dispose()
        }
    }

    It 'may connect, list and disconnect all at once' {
        $null = Connect-TestVro $simulator @{ Name = 'main' }
        $path = $ModulePath
        $counts = 1..12 | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $using:path
            $simulator = $using:simulator
            $null = Connect-Vro $simulator.Vro.Server -ClientId $simulator.Vro.ClientId -ClientSecret $simulator.Vro.ClientSecret -ServerCertificateThumbprint $simulator.Vro.CertificateThumbprint -NoProxy -Name "many $_"
            @(Get-VroPlan -Connection "many $_").Count
            Disconnect-Vro "many $_"
        }
        $counts | Should -Be (@(8) * 12)
        @(Get-OrchestratorConnection).Name | Should -Be 'main'
    }
}

Describe 'The end of a session' {
    AfterEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    BeforeAll {
        $prelude = @"
Import-Module '$ModulePath'
`$pin = @{ ServerCertificateThumbprint = '$($simulator.CertificateThumbprint)'; NoProxy = `$true }
`$null = Connect-VeloCloud $($simulator.VeloCloud.Server) -Token (ConvertTo-SecureString '$(ConvertFrom-SecureString $simulator.VeloCloud.Token -AsPlainText)' -AsPlainText) @pin -Name velo
`$null = Connect-Vro $($simulator.Vro.Server) -ClientId $($simulator.Vro.ClientId) -ClientSecret (ConvertTo-SecureString '$(ConvertFrom-SecureString $simulator.Vro.ClientSecret -AsPlainText)' -AsPlainText) @pin -Name vro
"@
    }

    It 'by removing the module in its last runspace logs everything out' {
        $output = Invoke-NewProcess "$prelude`nRemove-Module OrchestratorTools`n'removed'"
        $output | Should -Contain 'removed'
        (Get-Logout $simulator Vro '*/token').Count | Should -Be 1
    }

    It 'says what could not be logged out, and does not wait for it' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vro Latency -Method DELETE -Milliseconds 120000 -Count 0
        $output = Invoke-NewProcess "$prelude`n`$watch = [Diagnostics.Stopwatch]::StartNew()`nRemove-Module OrchestratorTools`n""seconds=`$([int]`$watch.Elapsed.TotalSeconds)"""
        "$output" | Should -BeLike "*'vro' was forgotten, but not logged out*"
        [int]((@($output) -like 'seconds=*')[0] -replace '\D') | Should -BeLessThan 30
    }

    It 'by the end of the process logs everything out' {
        $null = Invoke-NewProcess "$prelude`n'ends'"
        (Get-Logout $simulator Vro '*/token').Count | Should -Be 1
    }

    It 'takes the simulator with it, also when the session is killed' {
        $file = Join-Path $TestDrive 'killed.ps1'
        $said = Join-Path $TestDrive 'killed.txt'
        Set-Content $file "Import-Module '$ModulePath'; `$s = Start-OrchestratorSimulator -EdgeCount 1; Set-Content '$said' `$s.Id; Start-Sleep 600"
        $session = Start-Process ([Environment]::ProcessPath) -ArgumentList '-NoProfile', '-File', $file -PassThru
        for ($i = 0; $i -lt 600 -and -not (Test-Path $said); $i++) { Start-Sleep -Milliseconds 100 }
        $id = [int](Get-Content $said)
        Get-Process -Id $id | Should -Not -BeNullOrEmpty
        $session.Kill()
        for ($i = 0; $i -lt 300 -and (Get-Process -Id $id -ErrorAction Ignore); $i++) { Start-Sleep -Milliseconds 100 }
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
