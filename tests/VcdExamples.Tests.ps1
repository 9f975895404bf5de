# The examples of examples/, run as they stand and against servers of the tests' own.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $examples = Join-Path $RepositoryRoot 'examples'
    $oldState = $env:ORCHESTRATORTOOLS_STATE
    $env:ORCHESTRATORTOOLS_STATE = Join-Path $TestDrive state

    function Add-ServerItem {
        param($Simulator, [string] $Name, [string] $Kind = 'media', [hashtable] $More = @{})
        $null = Invoke-SimulatorCommand $Simulator 'systems/vcd/item' (@{ name = $Name; kind = $Kind } + $More)
    }

    function Get-ServerContent {
        param($Simulator, [string] $Name, [string] $Kind = 'media')
        (Invoke-SimulatorCommand $Simulator 'systems/vcd/content' @{ name = $Name; kind = $Kind })
    }
}

AfterAll {
    $env:ORCHESTRATORTOOLS_STATE = $oldState
}

Describe 'Copy-TemplateBetweenClouds' {
    Context 'with nothing at hand' {
        BeforeAll {
            $before = @(Get-OrchestratorConnection).Count
            $result = @(& (Join-Path $examples Copy-TemplateBetweenClouds.ps1) -Module $ModulePath -WorkingFolder (Join-Path $TestDrive alone))
        }

        It 'copies the small templates from one simulator to another, and leaves nothing behind' {
            $result.Template | Should -Be 'debian-12-base', 'rocky-9 (hardened)'
            $result.Result | Sort-Object -Unique | Should -Be 'Copied'
            $result.Bytes | Sort-Object | Select-Object -First 1 | Should -BeGreaterThan 2500000
            Join-Path $TestDrive alone | Should -Not -Exist
            @(Get-OrchestratorConnection).Count | Should -Be $before
        }
    }

    Context 'with two servers' {
        BeforeAll {
            $a = Start-TestSimulator @{ Speed = 20 }
            $b = Start-TestSimulator @{ Speed = 20; ContentPath = (Join-Path $TestDrive kept) }
            $null = Connect-TestVcd $a @{ Name = 'left' }
            $null = Connect-TestVcd $b @{ Name = 'right' }
            Add-ServerItem $a 'one [1]*' template @{ files = @(@{ name = 'a.vmdk'; size = 900000 }, @{ name = 'b.vmdk'; size = 7 }); manifest = 'SHA256' }
            Add-ServerItem $a 'two' template @{ size = 1000 }
            Add-ServerItem $a 'bad' template @{ size = 1000 }
            $null = New-VcdCatalog images -Connection right -Wait
            $copy = @{ From = 'left'; To = 'right'; ToCatalog = 'images'; Template = 'one*', 'two', 'bad'; Module = $ModulePath; WorkingFolder = (Join-Path $TestDrive between) }
            $script = Join-Path $examples Copy-TemplateBetweenClouds.ps1
        }

        AfterAll {
            Disconnect-Vcd left, right -WarningAction Ignore
            Stop-OrchestratorSimulator $a
            Stop-OrchestratorSimulator $b
        }

        It 'changes nothing with -WhatIf' {
            & $script @copy -WhatIf | Should -BeNullOrEmpty
            Get-VcdCatalogItem -Catalog images -Connection right | Should -BeNullOrEmpty
            Join-Path $TestDrive between | Should -Not -Exist
        }

        It 'copies what can be copied, and says what cannot' {
            # All that comes of 'bad' is an error, once.
            Add-OrchestratorSimulatorFault -Simulator $a Vcd Status -Status 400 -Method GET -Path /transfer/*/descriptor.ova -Count 1
            $result = @(& $script @copy)
            $result.Template | Should -Be 'bad', 'one [1]*', 'two'
            $result.Result | Should -Be 'Failed', 'Copied', 'Copied'
            $result[0].Reason | Should -BeLike '*400*'
            foreach ($name in 'one [1]*', 'two') {
                @(Get-ServerContent $b $name template).sha256 | Sort-Object | Should -Be (@(Get-ServerContent $a $name template).sha256 | Sort-Object)
            }
        }

        It 'copies what is missing when it is run again' {
            $result = @(& $script @copy)
            $result.Result | Should -Be 'Copied', 'Skipped', 'Skipped'
            @(Get-VcdCatalogItem -Catalog images -Connection right).Name | Sort-Object | Should -Be 'bad', 'one [1]*', 'two'
            Join-Path $TestDrive between | Should -Not -Exist
        }

        It 'sends again what was received before' {
            Add-ServerItem $a 'three' template @{ size = 1000 }
            Add-OrchestratorSimulatorFault -Simulator $b Vcd Status -Status 400 -Method POST -Path */action/upload
            $copy.Template = 'three'
            (& $script @copy).Result | Should -Be 'Failed'
            Clear-OrchestratorSimulatorFault -Simulator $a -RequestLog
            (& $script @copy).Result | Should -Be 'Copied'
            @(Get-OrchestratorSimulatorRequest -Simulator $a Vcd -Path /transfer/*) | Should -BeNullOrEmpty
        }

        It 'wants both connections or none' {
            { & $script -From left -Module $ModulePath } | Should -Throw '*-From and -To*'
        }
    }
}

Describe 'Audit-Catalog' {
    BeforeAll {
        $simulator = Start-TestSimulator @{ Speed = 20 }
        $null = Connect-TestVcd $simulator @{ Name = 'audited' }
        Add-ServerItem $simulator 'same.iso' media @{ size = 1234567 }
        Add-ServerItem $simulator 'other.iso' media @{ size = 1234567; catalog = 'shared' }
        Add-ServerItem $simulator 'SAME.iso' media @{ size = 7654321; catalog = 'shared' }
        $half = Join-Path $TestDrive half.iso
        [IO.File]::WriteAllBytes($half, [byte[]]::new(200000))
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method PUT -Path /transfer/*
        $null = Send-VcdMedia $half -Catalog iso -Connection audited -ErrorAction SilentlyContinue
        $script = Join-Path $examples Audit-Catalog.ps1
        $audit = @{ Connection = 'audited'; Module = $ModulePath }
        $report = @(& $script @audit)
    }

    AfterAll {
        Disconnect-Vcd audited -WarningAction Ignore
        Stop-OrchestratorSimulator $simulator
    }

    It 'lists every item, with its size' {
        $report.Count | Should -Be @(Get-VcdCatalogItem -Connection audited).Count
        ($report | Where-Object Name -CEQ same.iso).Bytes | Should -Be 1234567
        ($report | Where-Object Name -EQ 'windows-2022-core').Bytes | Should -BeGreaterThan 1GB
        ($report | Where-Object Name -EQ 'windows-2022-core').Owner | Should -Be 'alice'
        ($report | Where-Object Name -EQ 'windows-2022-core').AgeDays | Should -Be 0
    }

    It 'finds what should be looked at' {
        ($report | Where-Object Name -CEQ same.iso).Findings | Should -Be 'DuplicateName, DuplicateSize'
        ($report | Where-Object Name -CEQ SAME.iso).Findings | Should -Be 'DuplicateName'
        ($report | Where-Object Name -EQ other.iso).Findings | Should -Be 'DuplicateSize'
        ($report | Where-Object Name -EQ half.iso).Findings | Should -Be 'Unresolved'
        ($report | Where-Object Name -EQ debian-12-base).Findings | Should -BeNullOrEmpty
        @(& $script @audit -OlderThanDays 0 | Where-Object Findings -NotLike '*Old*') | Should -BeNullOrEmpty
    }

    It 'narrows to catalogs, sums up and writes a file' {
        $csv = Join-Path $TestDrive audit.csv
        $summary = @(& $script @audit -Catalog iso, shar* -Summary -Csv $csv)
        $summary.Catalog | Should -Be 'iso', 'shared'
        $summary[1].Findings | Should -Be 2
        $summary[1].Bytes | Should -Be ($report | Where-Object Catalog -EQ shared | Measure-Object Bytes -Sum).Sum
        $rows = @(Import-Csv -LiteralPath $csv)
        $rows.Count | Should -Be ($summary | Measure-Object Items -Sum).Sum
        [DateTimeOffset]::ParseExact($rows[0].CreatedAt, 'o', [cultureinfo]::InvariantCulture) | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddDays(-30))
    }

    It 'only reads' {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $null = & $script @audit
        $requests = @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd)
        $requests.Method | Sort-Object -Unique | Should -Be 'GET'
        $requests.Count | Should -BeLessOrEqual 3
    }

    It 'shows a simulator with nothing at hand' {
        @(& $script -Module $ModulePath -Summary).Catalog | Should -Contain 'templates'
    }
}

Describe 'Reset-Lab' {
    It 'resets fifty vApps of a simulator with nothing at hand' {
        $result = @(& (Join-Path $examples Reset-Lab.ps1) -Module $ModulePath)
        $result.Count | Should -Be 50
        $result.Result | Sort-Object -Unique | Should -Be 'Reset'
        @(Get-OrchestratorConnection -Name lab -ErrorAction Ignore) | Should -BeNullOrEmpty
    }

    Context 'with a server' {
        BeforeAll {
            $simulator = Start-TestSimulator @{ Speed = 30; VMCount = 120 }
            $null = Connect-TestVcd $simulator @{ Name = 'lab-cloud' }
            $script = Join-Path $examples Reset-Lab.ps1
            $reset = @{ Connection = 'lab-cloud'; Module = $ModulePath; VApp = 'vapp-001*', 'vapp-002*' }
            $lab = @(Get-VcdVApp vapp-001*, vapp-002*)
            $whole = @($lab | Where-Object Status -In 'POWERED_ON', 'MIXED', 'POWERED_OFF')
            $null = $whole | Get-VcdVM | Get-VcdSnapshot | Remove-VcdSnapshot -Wait -Confirm:$false
            $null = $whole | Select-Object -Skip 1 | New-VcdSnapshot -Wait
        }

        AfterAll {
            Disconnect-Vcd lab-cloud -WarningAction Ignore
            Stop-OrchestratorSimulator $simulator
        }

        It 'changes nothing with -WhatIf' {
            Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
            & $script @reset -WhatIf | Should -BeNullOrEmpty
            @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -ne 'GET' }) | Should -BeNullOrEmpty
        }

        It 'says of each vApp what became of it, those that failed first, and goes on' {
            $null = Invoke-SimulatorCommand $simulator systems/vcd/nextTask @{ operationName = 'vappRevertToCurrentSnapshot'; state = 'error'; error = @{ majorErrorCode = 500; minorErrorCode = 'NO_SPACE'; message = 'The datastore is full.' } }
            $null = Invoke-SimulatorCommand $simulator systems/vcd/nextTask @{ operationName = 'vappDeploy'; state = 'error'; error = @{ majorErrorCode = 500; minorErrorCode = 'NO_HOST'; message = 'No host has room.' } }
            $result = @(& $script @reset -Confirm:$false -InformationVariable said)
            $result.Count | Should -Be $lab.Count
            $failed = @($result | Where-Object Result -NE Reset)
            @($result | Select-Object -First $failed.Count).VApp | Should -Be $failed.VApp
            @($failed | Where-Object Reason -Like '*The datastore is full*').Result | Should -Be 'NotReverted'
            @($failed | Where-Object Reason -Like '*No host has room*').Result | Should -Be 'NotStarted'
            @($failed | Where-Object Reason -Like "*no 'snapshot:revertToCurrent'*").VApp | Should -Contain $whole[0].Name
            @($failed | Where-Object Reason -Like '*creation failed*').VApp | Should -Contain 'vapp-0012'
            $failed | Where-Object { -not $_.Reason } | Should -BeNullOrEmpty
            @($result | Where-Object Result -EQ Reset).Count | Should -Be ($whole.Count - 3)
            "$said" | Should -BeLike "$($lab.Count) vApps: *$($whole.Count - 3) Reset*"
        }

        It 'can be run again, and leaves the vApps off if that is asked for' {
            $result = @(& $script @reset -Confirm:$false)
            @($result | Where-Object Result -EQ Reset).Count | Should -Be ($whole.Count - 1)
            $result = @(& $script @reset -Confirm:$false -NoStart)
            @($result | Where-Object Result -EQ Reverted).Count | Should -Be ($whole.Count - 1)
            $names = ($result | Where-Object Result -EQ Reverted).VApp
            @(Get-VcdVApp $names | Where-Object Status -EQ POWERED_ON) | Should -BeNullOrEmpty
        }
    }
}

Describe 'Hello-VCloud' {
    BeforeAll {
        $hello = Join-Path $examples Hello-VCloud.ps1
    }

    It 'goes from the log-in to a machine that runs and back to nothing, with nothing at hand' {
        $before = @(Get-OrchestratorConnection).Count
        $seen = & $hello -Module $ModulePath
        $seen.Organization | Should -Be 'acme'
        $seen.Catalog | Should -Be 'templates'
        $seen.Template | Should -Be 'debian-12-base'
        $seen.Vdc | Should -Be 'acme-vdc'
        $seen.Status | Should -Be 'POWERED_ON'
        $seen.VM | Should -Be 'vm1'
        $seen.IPAddress | Should -Match '^\d+\.\d+\.\d+\.\d+$'
        $seen.HasConsole | Should -BeTrue
        @(Get-OrchestratorConnection).Count | Should -Be $before
    }

    Context 'with a server' {
        BeforeAll {
            $simulator = Start-TestSimulator @{ Speed = 30 }
            $null = Connect-TestVcd $simulator @{ Name = 'watcher' }
            $null = Invoke-SimulatorCommand $simulator systems/vcd/vdc @{ name = 'acme-vdc'; vmQuota = 0 }
            $there = @{
                Server           = $simulator.Vcd.Server
                Organization     = $simulator.Vcd.Organization
                Credential       = $simulator.Vcd.Credential
                ConnectionOption = @{ ServerCertificateThumbprint = $simulator.Vcd.CertificateThumbprint; NoProxy = $true }
                Module           = $ModulePath
            }
        }

        BeforeEach {
            Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        }

        AfterAll {
            Disconnect-Vcd watcher -WarningAction Ignore
            Stop-OrchestratorSimulator $simulator
        }

        It 'takes the template and the network that are named, in the guide''s order' {
            $seen = & $hello @there -Template 'rocky*' -Network 'internal & db' -Name hello
            $seen.Template | Should -Be 'rocky-9 (hardened)'
            $seen.Network | Should -Be 'internal & db'
            Get-VcdVApp hello -Connection watcher -ErrorAction Ignore | Should -BeNullOrEmpty
            $sent = @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Method -In POST, PUT, DELETE | ForEach-Object { "$($_.Method) $($_.Path -replace '(urn:vcloud:session:|vapp-|vm-)?[0-9a-f-]{36}', 'ID')" })
            $sent | Should -Be @(
                'POST /cloudapi/1.0.0/sessions'
                'POST /api/vdc/ID/action/instantiateVAppTemplate'
                'POST /api/vApp/ID/screen/action/acquireMksTicket'
                'POST /api/vApp/ID/action/undeploy'
                'DELETE /api/vApp/ID'
                'DELETE /cloudapi/1.0.0/sessions/ID'
            )
        }

        It 'leaves nothing behind where the vApp cannot be made' {
            $null = Invoke-SimulatorCommand $simulator systems/vcd/nextTask @{ operationName = 'vdcInstantiateVapp'; state = 'error'; error = @{ majorErrorCode = 500; minorErrorCode = 'NO_SPACE'; message = 'The storage is full.' } }
            { & $hello @there -Template 'debian*' -Name broken } | Should -Throw '*The storage is full*that was removed*'
            Get-VcdVApp broken -Connection watcher -ErrorAction Ignore | Should -BeNullOrEmpty
            @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Method -EQ DELETE).Count | Should -Be 2
        }

        It 'says so where there is no such template' {
            { & $hello @there -Template 'nothing*' } | Should -Throw '*nothing*'
        }
    }
}
