BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ EdgeCount = 12 }
    $operator = $simulator.VeloCloud.Users | Where-Object Tier -EQ operator
    $null = Connect-VeloCloud $simulator.VeloCloud.Server -Credential $operator.Credential -Operator -ServerCertificateThumbprint $simulator.VeloCloud.CertificateThumbprint -NoProxy -Name all
    $script = Join-Path $RepositoryRoot examples Backup-Configuration.ps1
    $root = Join-Path $TestDrive backups
    $with = @{ Path = $root; Connection = 'all'; Module = $ModulePath }
}

AfterAll {
    Disconnect-VeloCloud all
    Stop-OrchestratorSimulator $simulator
}

Describe 'Backup-Configuration' {
    It 'backs all enterprises up, each into a dated folder of its own' {
        $results = @(& $script @with)
        $LASTEXITCODE | Should -Be 0
        $results.Enterprise | Should -Be 'Acme', 'Globex', 'Initech', 'Umbrella'
        $results.Result | Select-Object -Unique | Should -Be Saved
        foreach ($result in $results) {
            Join-Path $result.Folder manifest.json | Should -Exist
            Split-Path $result.Folder -Leaf | Should -Match '^\d{4}-\d\d-\d\d_\d{6}$'
            @(Get-ChildItem $result.Folder -Recurse -File).Count | Should -Be ($result.Modules + 1)
        }
    }

    It 'names what changed, keeps so many, and restores' {
        Add-VeloCloudFirewallRule -Profile Branches 'Block SMB' -Enterprise Acme -Action Deny -Protocol TCP -DestinationPort 445 -Position 1
        $second = & $script @with -Enterprise Acme -Keep 2
        $second.Changed | Should -Be 'manifest.json', 'profiles/18012 Branches/firewall.json'
        $second.Removed | Should -BeNullOrEmpty
        $dear = New-Item -ItemType Directory (Join-Path (Split-Path $second.Folder) 'not a backup')
        $third = & $script @with -Enterprise Acme -Keep 2
        $third.Changed | Should -BeNullOrEmpty
        @($third.Removed).Count | Should -Be 1
        $dear.FullName | Should -Exist
        @(Get-ChildItem (Split-Path $third.Folder) -Directory).Count | Should -Be 3
        Remove-VeloCloudFirewallRule -Profile Branches 'Block SMB' -Enterprise Acme -Confirm:$false
        (Import-VeloCloudConfiguration $third.Folder -Confirm:$false | Where-Object State -EQ Written).Module | Should -Be firewall
        (Get-VeloCloudFirewallRule -Profile Branches -Enterprise Acme).Name | Should -Contain 'Block SMB'
    }

    It 'keeps no second copy with -OnlyChanged' {
        $first = & $script @with -Enterprise Globex -OnlyChanged
        $first.Result | Should -Be Unchanged
        @(Get-ChildItem (Split-Path $first.Folder) -Directory).Count | Should -Be 1
        Join-Path $first.Folder manifest.json | Should -Exist
    }

    It 'goes on with the others where one fails, removes nothing of it, and says so with its exit code' {
        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud Status -Status 400 -Path */getEnterpriseConfigurations
        $results = @(& $script @with -Keep 1)
        $LASTEXITCODE | Should -Be 1
        $results.Result | Should -Be 'Failed', 'Saved', 'Saved', 'Saved'
        $results[0].Reason | Should -Not -BeNullOrEmpty
        $results[0].Removed | Should -BeNullOrEmpty
        @($results[1].Removed).Count | Should -Be 1
        & $script @with -Enterprise nothing* | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 1
    }

    It 'shows itself without a server' {
        $alone = Join-Path $TestDrive alone
        $output = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -File $script -Path $alone -Module $ModulePath 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $output
        @(Get-ChildItem $alone -Recurse -Filter manifest.json).Count | Should -Be 1
    }
}
